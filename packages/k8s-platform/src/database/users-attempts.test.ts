import { type Rds, startRds } from "../testing/rds";
import { usersSql } from "./users-sql";

interface Attempt {
  readonly name: string;
  readonly statements: readonly string[];
  /** @default the instance's */
  readonly database?: string;
  readonly refusal: RegExp;
}

const DENIED = /^permission denied/;
const NOT_OWNER = /^must be owner/;

const attempt = (name: string, statement: string, refusal = DENIED): Attempt => ({
  name,
  statements: [statement],
  refusal,
});
const connect = (name: string, database: string, refusal = DENIED): Attempt => ({
  ...attempt(name, "SELECT 1", refusal),
  database,
});

const databases: Attempt[] = [
  connect("connecting to the database postgres", "postgres"),
  connect("connecting to the template of new databases", "template1"),
  connect("connecting to the template that nobody changes", "template0", /not currently accepting connections/),
  connect("connecting to RDS's own database", "rdsadmin"),
  connect("connecting to a database that the master made later", "reports"),
  attempt("making a database", "CREATE DATABASE mine"),
  attempt("renaming the database", "ALTER DATABASE apps RENAME TO mine", NOT_OWNER),
  attempt("changing what all sessions of the database begin with", "ALTER DATABASE apps SET work_mem = 1", NOT_OWNER),
  attempt("dropping the database", "DROP DATABASE apps", NOT_OWNER),
];

const others: Attempt[] = [
  attempt("reading another's table", 'SELECT * FROM "pet-shop".pets'),
  attempt("reading another's table that all may read", 'SELECT * FROM "pet-shop".open_pets'),
  attempt("reading another's table through a view of one's own", 'CREATE VIEW v AS SELECT * FROM "pet-shop".pets'),
  attempt("reading another's rows through a foreign key", 'CREATE TABLE t (id int REFERENCES "pet-shop".pets)'),
  attempt(
    "reading another's table through a search path",
    'SET search_path = "pet-shop"; TABLE open_pets',
    /not exist/,
  ),
  attempt("reading another's table by a copy", 'COPY "pet-shop".open_pets TO STDOUT'),
  attempt("reading another's large object", "SELECT lo_get(4711)"),
  attempt("removing another's large object", "SELECT lo_unlink(4711)", NOT_OWNER),
  attempt("writing into another's table", 'INSERT INTO "pet-shop".pets VALUES (1)'),
  attempt("emptying another's table", 'TRUNCATE "pet-shop".pets'),
  attempt("dropping another's table", 'DROP TABLE "pet-shop".pets'),
  attempt("locking another's table", 'BEGIN; LOCK TABLE "pet-shop".open_pets IN ACCESS SHARE MODE'),
  attempt("taking another's table", 'ALTER TABLE "pet-shop".pets OWNER TO storefront'),
  attempt("drawing numbers from another's sequence", `SELECT nextval('"pet-shop".numbers')`),
  attempt("calling another's function", 'SELECT "pet-shop".secret()'),
  attempt("making a table in another's schema", 'CREATE TABLE "pet-shop".mine (id int)'),
  attempt("moving a table into another's schema", 'CREATE TABLE t (); ALTER TABLE t SET SCHEMA "pet-shop"'),
  attempt("dropping another's schema", 'DROP SCHEMA "pet-shop" CASCADE', NOT_OWNER),
  attempt("dropping all that another has", 'DROP OWNED BY "pet-shop"'),
  attempt("taking all that another has", 'REASSIGN OWNED BY "pet-shop" TO storefront'),
  attempt(
    "ending another's session",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'pet-shop'",
  ),
  attempt(
    "ending another's statement",
    "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE usename = 'pet-shop'",
  ),
  attempt("changing what another's sessions begin with", `ALTER ROLE "pet-shop" SET search_path = 'storefront'`),
  attempt("giving another a password", `ALTER ROLE "pet-shop" PASSWORD 'known'`),
  attempt("dropping another", 'DROP ROLE "pet-shop"'),
  attempt(
    "getting what another will make",
    'ALTER DEFAULT PRIVILEGES FOR ROLE "pet-shop" GRANT SELECT ON TABLES TO PUBLIC',
  ),
];

const roles: Attempt[] = [
  attempt("becoming another", 'SET ROLE "pet-shop"'),
  attempt("becoming another for a session", 'SET SESSION AUTHORIZATION "pet-shop"'),
  attempt("becoming the master", "SET ROLE administrator"),
  attempt("becoming what the master is", "SET ROLE rds_superuser"),
  attempt("joining another", 'GRANT "pet-shop" TO storefront'),
  attempt("joining the master", "GRANT administrator TO storefront"),
  attempt("joining what the master is", "GRANT rds_superuser TO storefront"),
  attempt("joining who reads all data", "GRANT pg_read_all_data TO storefront"),
  attempt("joining who logs in by password", "GRANT rds_password TO storefront"),
  attempt("letting another in as oneself", 'GRANT storefront TO "pet-shop"'),
  attempt("making a role", "CREATE ROLE mine"),
  ...["SUPERUSER", "CREATEDB", "CREATEROLE", "REPLICATION", "BYPASSRLS", "CONNECTION LIMIT -1"].map((attribute) =>
    attempt(`giving oneself ${attribute}`, `ALTER ROLE storefront ${attribute}`),
  ),
  attempt("going over to another team", "COMMENT ON ROLE storefront IS 'team pets'"),
  attempt("renaming another", 'ALTER ROLE "pet-shop" RENAME TO mine'),
];

const platform: Attempt[] = [
  attempt("making a table in the schema public", "CREATE TABLE public.mine (id int)"),
  attempt("reading what the master keeps in the schema public", "SELECT * FROM public.notes"),
  attempt("holding up the platform's Job by its lock", "BEGIN; LOCK TABLE public.demarc_users IN ACCESS SHARE MODE"),
  attempt("making a schema", "CREATE SCHEMA mine"),
  attempt("making a temporary table", "CREATE TEMPORARY TABLE mine (id int)"),
  attempt("dropping one's schema, which is the platform's", "DROP SCHEMA storefront", NOT_OWNER),
  attempt("taking one's schema", "ALTER SCHEMA storefront OWNER TO storefront", NOT_OWNER),
  ...["file_fdw", "dblink", "hstore", "plperl"].map((extension) =>
    attempt(`installing ${extension}`, `CREATE EXTENSION ${extension}`),
  ),
  attempt("making a server of foreign data", "CREATE SERVER mine FOREIGN DATA WRAPPER postgres_fdw"),
  attempt("making a trigger on what all do", "CREATE EVENT TRIGGER t ON ddl_command_start EXECUTE FUNCTION version()"),
  attempt("publishing all tables", "CREATE PUBLICATION mine FOR ALL TABLES"),
  attempt(
    "subscribing to another server",
    "CREATE SUBSCRIPTION s CONNECTION 'host=x' PUBLICATION p WITH (connect = false)",
  ),
  attempt("making a C function", "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'libc', 'getpid'"),
];

const server: Attempt[] = [
  attempt("reading passwords from pg_authid", "SELECT rolpassword FROM pg_authid"),
  attempt("reading passwords from pg_shadow", "SELECT passwd FROM pg_shadow"),
  attempt("reading who may log in how", "SELECT * FROM pg_hba_file_rules"),
  attempt("reading the passwords of subscriptions", "SELECT subconninfo FROM pg_subscription"),
  attempt("reading a file of the server", "SELECT pg_read_file('/etc/passwd')"),
  attempt("listing files of the server", "SELECT pg_ls_dir('/')"),
  attempt("copying a file of the server", "CREATE TABLE t (x text); COPY t FROM '/etc/passwd'"),
  attempt("loading a file of the server as a large object", "SELECT lo_import('/etc/passwd')"),
  attempt("running a program", "COPY (SELECT 1) TO PROGRAM 'id'"),
  attempt("changing the server's settings", "ALTER SYSTEM SET log_statement = 'none'"),
  attempt("stopping the log of its own statements", "SET log_statement = 'none'"),
  attempt("skipping triggers and foreign keys", "SET session_replication_role = replica"),
  attempt("reloading the settings", "SELECT pg_reload_conf()"),
  attempt("filling the disk by a replication slot", "SELECT pg_create_physical_replication_slot('mine', true)"),
  attempt("switching the log of writes", "SELECT pg_switch_wal()"),
  attempt("loading a library", "LOAD '/tmp/mine.so'", /^access to library/),
];

describe("a database user of team shop", () => {
  let rds: Rds;
  beforeAll(async () => {
    rds = await startRds();
    await rds.reset();
    const sql = usersSql(
      [
        { name: "storefront", team: "shop" },
        { name: "pet-shop", team: "pets" },
      ],
      { connections: 5, statementSeconds: 60, idleTransactionSeconds: 60 },
    );
    await rds.as(rds.master, [
      "CREATE DATABASE reports",
      sql,
      sql,
      "CREATE TABLE public.notes (id int)",
      "GRANT SELECT ON public.notes TO PUBLIC",
    ]);
    await rds.as("rdsadmin", ["CREATE EXTENSION postgres_fdw"]);
    await rds.as("pet-shop", [
      "CREATE TABLE pets (id int PRIMARY KEY)",
      "CREATE TABLE open_pets (id int)",
      "GRANT ALL ON open_pets TO PUBLIC",
      'GRANT USAGE ON SCHEMA "pet-shop" TO storefront',
      "CREATE SEQUENCE numbers",
      "GRANT ALL ON SEQUENCE numbers TO PUBLIC",
      "CREATE FUNCTION secret() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "SELECT lo_create(4711)",
    ]);
  }, 60_000);
  afterAll(() => rds.stop());

  it("does in its own schema what an app does", async () => {
    const work = ["CREATE TABLE own (id int)", "INSERT INTO own VALUES (1)", "SELECT id FROM own"];
    expect(await rds.as("storefront", work)).toEqual([{ id: 1 }]);
  });

  it.each([...databases, ...others, ...roles, ...platform, ...server])(
    "$name is refused by PostgreSQL",
    async ({ statements, database, refusal }) => {
      const other = await rds.connect("pet-shop", rds.database);
      try {
        await expect(rds.as("storefront", statements, database)).rejects.toThrow(refusal);
      } finally {
        await other.end();
      }
    },
  );

  it("one session more than its limit is refused by PostgreSQL", async () => {
    const sessions = await Promise.all(Array.from({ length: 5 }, () => rds.connect("storefront", rds.database)));
    await expect(rds.connect("storefront", rds.database)).rejects.toThrow("too many connections for role");
    for (const session of sessions) await session.end();
  });

  it("a session of a user that the platform did not make is refused by PostgreSQL", async () => {
    await rds.as(rds.master, ["CREATE ROLE stranger LOGIN"]);
    for (const database of ["apps", "postgres", "template1", "reports"]) {
      await expect(rds.connect("stranger", database)).rejects.toThrow(DENIED);
    }
  });

  it("the text of another's statement is refused by PostgreSQL", async () => {
    const other = await rds.connect("pet-shop", rds.database);
    await other.query("SELECT 'a secret'");
    const seen = await rds.as("storefront", ["SELECT query FROM pg_stat_activity WHERE usename = 'pet-shop'"]);
    expect(seen).toEqual([{ query: "<insufficient privilege>" }]);
    await other.end();
  });

  it("sees names of others' tables, and meets them at locks and channels: PostgreSQL has no rights on those", async () => {
    const seen = ["SELECT relname FROM pg_class WHERE relname = 'pets'", "SELECT pg_advisory_lock(1)", "LISTEN pets"];
    await expect(rds.as("storefront", seen)).resolves.toEqual([]);
  });
});
