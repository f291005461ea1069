import type { Client } from "pg";
import { type Postgres, startPostgres } from "../testing/postgres";
import { usersSql } from "./users-sql";

/** As infra names them. */
const MASTER = "administrator";
const DATABASE = "apps";

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
  const rdsadmin = await postgres.connect("rdsadmin");
  // What RDS gives its master: no superuser, but all of this.
  await rdsadmin.query(`CREATE ROLE ${MASTER} LOGIN CREATEROLE CREATEDB`);
  await rdsadmin.query("CREATE ROLE rds_iam");
  await rdsadmin.query(`GRANT rds_iam TO ${MASTER} WITH ADMIN OPTION`);
  await rdsadmin.query(`GRANT pg_signal_backend TO ${MASTER}`);
  await rdsadmin.end();
}, 60_000);
afterAll(() => postgres.stop());

let master: Client;
beforeEach(async () => {
  const rdsadmin = await postgres.connect("rdsadmin");
  await rdsadmin.query(`CREATE DATABASE ${DATABASE} OWNER ${MASTER}`);
  await rdsadmin.end();
  master = await postgres.connect(MASTER, DATABASE);
});
afterEach(async () => {
  await master.end();
  const rdsadmin = await postgres.connect("rdsadmin");
  await rdsadmin.query(`DROP DATABASE ${DATABASE} WITH (FORCE)`);
  const { rows } = await rdsadmin.query<{ rolname: string }>(
    `SELECT rolname FROM pg_roles WHERE rolname !~ '^(pg_|rds)' AND rolname <> '${MASTER}'`,
  );
  for (const { rolname } of rows) await rdsadmin.query(`DROP ROLE "${rolname}"`);
  await rdsadmin.end();
});

/** The answer to a query as that user. */
async function as(user: string, ...queries: string[]): Promise<unknown[]> {
  const client = await postgres.connect(user, DATABASE);
  try {
    let rows: unknown[] = [];
    for (const query of queries) ({ rows } = await client.query<Record<string, unknown>>(query));
    return rows;
  } finally {
    await client.end();
  }
}

/** Everything of roles, rights and schemas, to compare. */
async function everything(): Promise<unknown> {
  const queries = [
    "SELECT rolname, rolcanlogin, rolcreaterole, rolcreatedb, rolsuper FROM pg_roles ORDER BY rolname",
    "SELECT roleid::regrole::text, member::regrole::text, admin_option FROM pg_auth_members ORDER BY 1, 2, 3",
    "SELECT nspname, nspacl::text, nspowner::regrole::text FROM pg_namespace ORDER BY nspname",
    "SELECT datname, datacl::text FROM pg_database ORDER BY datname",
    "SELECT setrole::regrole::text, setconfig FROM pg_db_role_setting ORDER BY 1",
  ];
  const answers: unknown[] = [];
  for (const query of queries) answers.push((await master.query<Record<string, unknown>>(query)).rows);
  return answers;
}

describe("a user of an app", () => {
  beforeEach(async () => {
    await master.query(usersSql(["storefront", "pet-shop"]));
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
    const iam = await as(MASTER, "SELECT pg_has_role('storefront', 'rds_iam', 'member') AS iam");
    expect(iam).toEqual([{ iam: true }]);
  });

  it("cannot read another's tables, even when the other lets it", async () => {
    await as("storefront", "CREATE TABLE orders (id int)", "GRANT SELECT ON orders TO PUBLIC");
    await expect(as("pet-shop", "SELECT * FROM storefront.orders")).rejects.toThrow(
      "permission denied for schema storefront",
    );
    await expect(as("pet-shop", "CREATE TABLE storefront.mine (id int)")).rejects.toThrow("permission denied");
  });

  it("cannot let another into its schema, nor drop it: it is the platform's", async () => {
    await as("storefront", 'GRANT USAGE ON SCHEMA storefront TO "pet-shop"');
    await as("storefront", "CREATE TABLE orders (id int)", "GRANT SELECT ON orders TO PUBLIC");
    await expect(as("pet-shop", "SELECT * FROM storefront.orders")).rejects.toThrow("permission denied");
    await expect(as("storefront", "DROP SCHEMA storefront")).rejects.toThrow("must be owner");
  });

  it("cannot look at what the master keeps in the schema that all have", async () => {
    await master.query("CREATE TABLE public.notes (id int)");
    await master.query("GRANT SELECT ON public.notes TO PUBLIC");
    await expect(as("storefront", "SELECT * FROM public.notes")).rejects.toThrow("permission denied for schema public");
  });

  it.each([
    ["make roles", "CREATE ROLE mine"],
    ["make databases", "CREATE DATABASE mine"],
    ["make schemas", "CREATE SCHEMA mine"],
    ["use the schema that all have", "CREATE TABLE public.mine (id int)"],
    ["become the master", `SET ROLE ${MASTER}`],
    ["become another", 'SET ROLE "pet-shop"'],
    ["join others", 'GRANT "pet-shop" TO storefront'],
    ["read files of the server", "SELECT pg_read_file('/etc/passwd')"],
  ])("cannot %s", async (_, query) => {
    await expect(as("storefront", query)).rejects.toThrow(/permission denied|must (be|have)|no schema/);
  });

  it("is let in only where it is listed: others of the server are not", async () => {
    await master.query("CREATE ROLE stranger LOGIN");
    await expect(as("stranger", "SELECT 1")).rejects.toThrow('permission denied for database "apps"');
  });
});

describe("the SQL", () => {
  it("changes nothing when it runs again", async () => {
    await master.query(usersSql(["storefront", "pet-shop"]));
    const before = await everything();
    await master.query(usersSql(["storefront", "pet-shop"]));
    expect(await everything()).toEqual(before);
  });

  it("makes a user that is new without a change to the others", async () => {
    await master.query(usersSql(["storefront"]));
    await as("storefront", "CREATE TABLE orders (id int)", "INSERT INTO orders VALUES (1)");
    await master.query(usersSql(["pet-shop", "storefront"]));
    expect(await as("storefront", "SELECT id FROM orders")).toEqual([{ id: 1 }]);
    await as("pet-shop", "SELECT 1");
  });

  it("lets a user that is no longer listed in no more, ends its session and keeps its data", async () => {
    await master.query(usersSql(["storefront"]));
    const session = await postgres.connect("storefront", DATABASE);
    await session.query("CREATE TABLE orders (id int)");
    await session.query("INSERT INTO orders VALUES (7)");
    const ended = new Promise((resolve) => session.once("end", resolve));

    await master.query(usersSql([]));
    await ended;
    await expect(as("storefront", "SELECT 1")).rejects.toThrow('role "storefront" is not permitted to log in');
    expect(await as(MASTER, "SELECT pg_has_role('storefront', 'rds_iam', 'member') AS iam")).toEqual([{ iam: false }]);

    await master.query(usersSql(["storefront"]));
    expect(await as("storefront", "SELECT id FROM orders")).toEqual([{ id: 7 }]);
  });

  it.each([MASTER, "rdsadmin", "stranger"])(
    "does not take %s over, which it did not make, and changes nothing",
    async (role) => {
      if (role === "stranger") await master.query("CREATE ROLE stranger LOGIN");
      const before = await everything();
      await expect(master.query(usersSql(["storefront", role]))).rejects.toThrow(
        `role "${role}" exists and was not made here`,
      );
      expect(await everything()).toEqual(before);
    },
  );

  it("waits while another cluster does the same", async () => {
    const other = await postgres.connect(MASTER, DATABASE);
    await other.query("BEGIN");
    await other.query(usersSql(["storefront"]));
    const run = master.query(usersSql(["storefront"]));
    await expect(waiting(other)).resolves.toBe("advisory");
    await other.query("COMMIT");
    await run;
    await other.end();
  });

  /** What kind of lock somebody waits for, as soon as somebody does. */
  async function waiting(client: Client): Promise<string> {
    for (;;) {
      const { rows } = await client.query<{ locktype: string }>("SELECT locktype FROM pg_locks WHERE NOT granted");
      if (rows[0] !== undefined) return rows[0].locktype;
    }
  }
});
