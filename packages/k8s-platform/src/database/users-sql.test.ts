import type { Client } from "pg";
import { type Rds, startRds } from "../testing/rds";
import { usersSql } from "./users-sql";

const LIMITS = { connections: 3, statementSeconds: 60, idleTransactionSeconds: 30 };
const storefront = { name: "storefront", team: "shop" };
const petShop = { name: "pet-shop", team: "pets" };
const both = [storefront, petShop];

let rds: Rds;
let master: Client;
/** What the server told the master beside its answers. */
let warnings: string[];
beforeAll(async () => {
  rds = await startRds();
}, 60_000);
afterAll(() => rds.stop());
beforeEach(async () => {
  await rds.reset();
  master = await rds.connect(rds.master, rds.database);
  warnings = [];
  master.on("notice", ({ severity, message }) => {
    if (severity === "WARNING") warnings.push(String(message));
  });
});
afterEach(() => master.end());

/** The answer to the last of the queries as that user. */
const as = (user: string, ...queries: string[]) => rds.as(user, queries);

/** Everything of roles, rights and schemas, to compare. */
async function everything(): Promise<unknown> {
  const queries = [
    "SELECT *, shobj_description(oid, 'pg_authid') AS comment FROM pg_authid ORDER BY rolname",
    "SELECT roleid::regrole::text, member::regrole::text, admin_option FROM pg_auth_members ORDER BY 1, 2, 3",
    "SELECT nspname, nspacl::text, nspowner::regrole::text FROM pg_namespace ORDER BY nspname",
    "SELECT datname, datacl::text FROM pg_database ORDER BY datname",
    "SELECT setrole::regrole::text, setconfig FROM pg_db_role_setting ORDER BY 1, 2",
  ];
  const answers: unknown[] = [];
  for (const query of queries) answers.push(await as("rdsadmin", query));
  return answers;
}

describe("a user of an app", () => {
  beforeEach(async () => {
    await master.query(usersSql(both, LIMITS));
  });

  it("logs in by IAM, and keeps its tables in a schema of its own", async () => {
    const created = await as(
      "storefront",
      "CREATE TABLE orders (id int)",
      "INSERT INTO orders VALUES (1)",
      "SELECT schemaname, tablename FROM pg_tables WHERE tableowner = 'storefront'",
    );
    expect(created).toEqual([{ schemaname: "storefront", tablename: "orders" }]);
    expect(await as("pet-shop", "CREATE TABLE pets (id int)", "SELECT current_schema")).toEqual([
      { current_schema: "pet-shop" },
    ]);
    const iam = await as(rds.master, "SELECT pg_has_role('storefront', 'rds_iam', 'member') AS iam");
    expect(iam).toEqual([{ iam: true }]);
  });

  it("cannot read another's tables, even when the other lets it", async () => {
    await as("storefront", "CREATE TABLE orders (id int)", "GRANT SELECT ON orders TO PUBLIC");
    await expect(as("pet-shop", "SELECT * FROM storefront.orders")).rejects.toThrow(
      "permission denied for schema storefront",
    );
    await expect(as("pet-shop", "CREATE TABLE storefront.mine (id int)")).rejects.toThrow("permission denied");
  });

  it("cannot let another into its schema", async () => {
    await as("storefront", 'GRANT USAGE ON SCHEMA storefront TO "pet-shop"');
    await as("storefront", "CREATE TABLE orders (id int)", "GRANT SELECT ON orders TO PUBLIC");
    await expect(as("pet-shop", "SELECT * FROM storefront.orders")).rejects.toThrow("permission denied");
  });

  it("has as much of the database as the limits say", async () => {
    const shown = "SELECT current_setting('statement_timeout') AS statement, current_setting(name) AS idle";
    expect(
      await as("storefront", `${shown} FROM (VALUES ('idle_in_transaction_session_timeout')) AS it(name)`),
    ).toEqual([{ statement: "1min", idle: "30s" }]);
    const limit = "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'storefront'";
    expect(await as(rds.master, limit)).toEqual([{ rolconnlimit: LIMITS.connections }]);
  });
});

describe("the SQL", () => {
  it("changes nothing when it runs again", async () => {
    await master.query(usersSql(both, LIMITS));
    const before = await everything();
    await master.query(usersSql(both, LIMITS));
    expect(await everything()).toEqual(before);
  });

  it("makes a user that is new without a change to the others", async () => {
    await master.query(usersSql([storefront], LIMITS));
    await as("storefront", "CREATE TABLE orders (id int)", "INSERT INTO orders VALUES (1)");
    await master.query(usersSql([...both].reverse(), LIMITS));
    expect(await as("storefront", "SELECT id FROM orders")).toEqual([{ id: 1 }]);
    await as("pet-shop", "SELECT 1");
  });

  it("lets a user that is no longer listed in no more, ends its session and keeps its data", async () => {
    await master.query(usersSql([storefront], LIMITS));
    const session = await rds.connect("storefront", rds.database);
    await session.query("CREATE TABLE orders (id int)");
    await session.query("INSERT INTO orders VALUES (7)");
    const ended = new Promise((resolve) => session.once("end", resolve));

    await master.query(usersSql([], LIMITS));
    await ended;
    await expect(as("storefront", "SELECT 1")).rejects.toThrow('role "storefront" is not permitted to log in');
    expect(await as(rds.master, "SELECT pg_has_role('storefront', 'rds_iam', 'member') AS iam")).toEqual([
      { iam: false },
    ]);

    await master.query(usersSql([storefront], LIMITS));
    expect(await as("storefront", "SELECT id FROM orders")).toEqual([{ id: 7 }]);
  });

  it.each(["administrator", "rdsadmin", "stranger"])("does not take %s over, which it did not make", async (role) => {
    if (role === "stranger") await master.query("CREATE ROLE stranger LOGIN");
    await expectNoChange([storefront, { name: role, team: "pets" }], `role "${role}" exists and was not made here`);
  });

  it("does not give the data of one team to another", async () => {
    await master.query(usersSql(both, LIMITS));
    await expectNoChange(
      [storefront, { ...petShop, team: "shop" }],
      'user "pet-shop" is of team "pets", whose data its schema keeps; for team "shop" name the user otherwise',
    );
  });

  it("does not put a user into a schema of somebody else's", async () => {
    await master.query("CREATE ROLE stranger");
    await rds.as("rdsadmin", ["CREATE SCHEMA storefront AUTHORIZATION stranger"]);
    await expectNoChange(both, "must be owner of schema storefront");
  });

  it.each(["SUPERUSER", "REPLICATION", "BYPASSRLS"])(
    "fails where the master may not take away %s",
    async (attribute) => {
      await master.query(usersSql(both, LIMITS));
      await rds.as("rdsadmin", [`ALTER ROLE storefront ${attribute}`]);
      await expectNoChange(both, "permission denied");
    },
  );

  async function expectNoChange(users: Parameters<typeof usersSql>[0], message: string): Promise<void> {
    const before = await everything();
    await expect(master.query(usersSql(users, LIMITS))).rejects.toThrow(message);
    expect(await everything()).toEqual(before);
  }

  it.each(["for the first time", "again"])("waits while another cluster does the same %s", async (time) => {
    if (time === "again") await master.query(usersSql(both, LIMITS));
    const other = await rds.connect(rds.master, rds.database);
    await other.query("BEGIN");
    await other.query(usersSql([storefront], LIMITS));
    let ended = false;
    const run = master.query(usersSql([storefront], LIMITS)).finally(() => {
      ended = true;
    });
    await waiting(other);
    expect(ended).toBe(false);
    await other.query("COMMIT");
    await run;
    expect(warnings).toEqual([]);
    await other.end();
  });

  /** Until somebody waits for a lock. */
  async function waiting(client: Client): Promise<void> {
    for (;;) {
      const { rows } = await client.query("SELECT FROM pg_locks WHERE NOT granted");
      if (rows.length > 0) return;
    }
  }

  it("tells which roles that are no app's may log in", async () => {
    await master.query(usersSql(both, LIMITS));
    expect(warnings).toEqual([]);
    await master.query("CREATE ROLE reader LOGIN; CREATE ROLE clerk LOGIN; CREATE ROLE group_of_them");
    await master.query(usersSql(both, LIMITS));
    expect(warnings).toEqual([
      "roles that are no app's may log in: clerk, reader; drop them, or register an app's user",
    ]);
  });

  it("tells which databases are not the master's to close", async () => {
    await rds.as("rdsadmin", ["CREATE DATABASE reports"]);
    await master.query(usersSql(both, LIMITS));
    expect(warnings).toEqual(['every role may connect to database "reports", which is not the master\'s to close']);
  });
});

describe("what a user was given besides", () => {
  it.each([
    ["may make databases", "ALTER ROLE storefront CREATEDB"],
    ["may make roles", "ALTER ROLE storefront CREATEROLE"],
    ["has a password", "ALTER ROLE storefront PASSWORD 'known'"],
    ["has no limit of sessions", "ALTER ROLE storefront CONNECTION LIMIT -1"],
    ["has no limit of a statement's time", "ALTER ROLE storefront IN DATABASE apps SET statement_timeout = 0"],
    ["reads everything", "GRANT pg_read_all_data TO storefront"],
    ["is as good as the master", "GRANT rds_superuser TO storefront WITH ADMIN OPTION"],
    ["logs in by password", "GRANT rds_password TO storefront"],
    ["gives the login by IAM away", "GRANT rds_iam TO storefront WITH ADMIN OPTION"],
    ["makes others users of apps", "GRANT demarc_users TO storefront WITH ADMIN OPTION"],
    ["has what every user of an app has", "GRANT pg_read_all_data TO demarc_users"],
    ["is another user too", 'GRANT "pet-shop" TO storefront'],
    ["makes schemas", "GRANT CREATE, TEMPORARY ON DATABASE apps TO storefront"],
    ["lets others into the database", "GRANT CONNECT ON DATABASE apps TO storefront WITH GRANT OPTION"],
    ["connects to another database", "GRANT CONNECT ON DATABASE postgres TO storefront"],
    ["connects to another database, as all users", "GRANT CONNECT ON DATABASE template1 TO demarc_users"],
    ["uses the schema public", "GRANT USAGE, CREATE ON SCHEMA public TO storefront"],
    ["uses the schema of another", 'GRANT USAGE ON SCHEMA "pet-shop" TO storefront'],
    ["lets others into its schema", "GRANT USAGE ON SCHEMA storefront TO storefront WITH GRANT OPTION"],
    ["lets all into its schema", "GRANT USAGE ON SCHEMA storefront TO PUBLIC"],
  ])("is taken away: it %s", async (_, grant) => {
    await master.query(usersSql(both, LIMITS));
    const before = await everything();
    await master.query(grant);
    expect(await everything()).not.toEqual(before);
    await master.query(usersSql(both, LIMITS));
    expect(await everything()).toEqual(before);
    expect(warnings).toEqual([]);
  });
});

describe("a user that holds up the others' deploy", () => {
  /** The same SQL, twenty times as fast: it waits for a lock, and then ends who has been at it for nearly as long. */
  function hasty(sql: string): string {
    const waits = [
      ["lock_timeout = '5s'", "lock_timeout = '250ms'"],
      ["interval '4s'", "interval '200ms'"],
    ] as const;
    for (const [own] of waits) expect(sql).toContain(own);
    return waits.reduce((made, [own, shorter]) => made.replace(own, shorter), sql);
  }

  it.each([
    ["by a change of its own role", "ALTER ROLE storefront PASSWORD 'mine'"],
    ["by a setting of its own role", "ALTER ROLE storefront IN DATABASE apps SET work_mem = '1MB'"],
    ["by a grant that it may not make", "GRANT CONNECT ON DATABASE apps TO storefront"],
  ])("loses its session: %s", async (_, statement) => {
    await master.query(usersSql([storefront], LIMITS));
    const session = await rds.connect("storefront", rds.database);
    await session.query("SET idle_in_transaction_session_timeout = 0");
    await session.query("BEGIN");
    await session.query(statement);
    await master.query(hasty(usersSql(both, { ...LIMITS, connections: 4 })));
    expect(warnings).toEqual([expect.stringMatching(/^ended a session of "storefront", .* lock timeout$/)]);
    await as("pet-shop", "SELECT 1");
  });
});
