import type { Client } from "pg";
import { type Postgres, startPostgres } from "./postgres";

/** A PostgreSQL server with the roles and databases that RDS gives an instance. */
export interface Rds extends Postgres {
  /** The instance's master: no superuser, but a member of `rds_superuser`. */
  readonly master: string;
  /** Database that the instance was made with. */
  readonly database: string;
  /** The answer's rows to the last of the queries, as that user. */
  as(user: string, queries: readonly string[], database?: string): Promise<Record<string, unknown>[]>;
  /** Takes away all databases and roles that RDS did not make, and makes the instance's database anew. */
  reset(): Promise<void>;
}

const ADMIN = "rdsadmin";
const MASTER = "administrator";
const DATABASE = "apps";

/** @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.PostgreSQL.CommonDBATasks.Roles.rds_superuser.html */
const instance = [
  `CREATE ROLE ${MASTER} LOGIN CREATEROLE CREATEDB VALID UNTIL 'infinity'`,
  ...["rds_superuser", "rds_iam", "rds_password", "rds_replication"].map((role) => `CREATE ROLE ${role}`),
  `GRANT pg_monitor, pg_signal_backend, pg_read_all_data, rds_iam, rds_password, rds_replication TO rds_superuser WITH ADMIN OPTION`,
  `GRANT rds_superuser TO ${MASTER} WITH ADMIN OPTION`,
  "ALTER ROLE rds_replication REPLICATION",
  `ALTER DATABASE postgres OWNER TO ${MASTER}`,
  `ALTER DATABASE template1 OWNER TO ${MASTER}`,
  `CREATE DATABASE ${ADMIN}`,
  `REVOKE ALL ON DATABASE ${ADMIN} FROM PUBLIC`,
];

/** What a new server lets everybody do. */
const grantsToAll = ["postgres", "template1"].flatMap((database) => [
  `REVOKE ALL ON DATABASE ${database} FROM PUBLIC`,
  `GRANT CONNECT, TEMPORARY ON DATABASE ${database} TO PUBLIC`,
]);

export async function startRds(): Promise<Rds> {
  const postgres = await startPostgres();
  const as: Rds["as"] = async (user, queries, database = DATABASE) => {
    const client = await postgres.connect(user, database);
    try {
      return await inOrder(client, queries);
    } finally {
      await client.end();
    }
  };
  await as(ADMIN, instance, "postgres");
  return {
    ...postgres,
    master: MASTER,
    database: DATABASE,
    as,
    reset: async () => {
      const admin = await postgres.connect(ADMIN);
      const statements = await inOrder(admin, [leftovers]);
      await inOrder(admin, [
        ...statements.map(({ statement }) => String(statement)),
        ...grantsToAll,
        `CREATE DATABASE ${DATABASE} OWNER ${MASTER}`,
      ]);
      await admin.end();
    },
  };
}

/** Databases first: what a role owns keeps the role. */
const leftovers = `
  SELECT format('DROP DATABASE %I WITH (FORCE)', datname) AS statement FROM pg_database
    WHERE datname NOT IN ('postgres', 'template0', 'template1', '${ADMIN}')
  UNION ALL (SELECT format('DROP OWNED BY %1$I CASCADE; DROP ROLE %1$I', rolname) FROM pg_roles
    WHERE rolname !~ '^(pg_|rds)' AND rolname <> '${MASTER}' ORDER BY oid DESC)`;

async function inOrder(client: Client, queries: readonly string[]): Promise<Record<string, unknown>[]> {
  let rows: Record<string, unknown>[] = [];
  for (const query of queries) ({ rows } = await client.query<Record<string, unknown>>(query));
  return rows;
}
