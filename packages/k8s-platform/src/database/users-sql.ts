/** Role of which every user made here is a member, and nobody else: it tells our users from others. */
const USERS_ROLE = "demarc_users";

/** An empty table, for its lock. It is in a schema that users may not use, so none of them can take the lock. */
const LOCK = "public.demarc_users";

/** A PostgreSQL user of an app. */
export interface DatabaseUser {
  readonly name: string;
  /** Team of the app. A user stays with its team, because its schema keeps that team's data. */
  readonly team: string;
}

/** What one user may take of the database that all share. */
export interface UserLimits {
  /** Sessions at once, of all pods together. */
  readonly connections: number;
  /** Seconds until a statement is ended. A session may set another value. */
  readonly statementSeconds: number;
  /** Seconds until a session is ended that leaves a transaction open. A session may set another value. */
  readonly idleTransactionSeconds: number;
}

/**
 * SQL that makes the PostgreSQL users of apps, run by the master; to run it again changes nothing. A user logs in by IAM
 * (`rds_iam`) and has a schema of its own name that the master owns. Each run takes away what else the user was given:
 * attributes, memberships, a password, rights on databases, on `public` and on other users' schemas. Nobody connects to a
 * database of the master's without a grant in the role's own name.
 *
 * A user that is no longer listed can no longer log in, and its sessions end. Its schema and data stay, so nobody loses data
 * because a line was deleted. To list it again, for the same team, lets it in again.
 *
 * The SQL fails and changes nothing where a listed role was not made here (such as the master itself) or was made for another
 * team, and where the master may not take something away. It warns of other roles that can log in.
 */
export function usersSql(users: readonly DatabaseUser[], limits: UserLimits): string {
  const sorted = [...users].sort((one, other) => (one.name < other.name ? -1 : 1));
  return `DO $users$
DECLARE
  listed CONSTANT text[] := ${texts(sorted.map(({ name }) => name))};
  teams CONSTANT text[] := ${texts(sorted.map(({ team }) => team))};
  username text;
  team text;
  known record;
  names text;
BEGIN
${waitForOtherClusters}
  FOR attempt IN 1..5 LOOP
    BEGIN
      SET LOCAL lock_timeout = '5s';
${closeDatabases}
${takeAway}
      FOR username, team IN SELECT * FROM unnest(listed, teams) LOOP
${makeUser}
${limitUser(limits)}
${openSchema}
      END LOOP;
${lockOut}
      EXIT;
    EXCEPTION WHEN lock_not_available OR internal_error THEN
      IF attempt = 5 THEN
        RAISE;
      END IF;
${endHolders}
    END;
  END LOOP;
${report}
END
$users$;
${endLockedOut}
`;
}

const waitForOtherClusters = `  SET LOCAL client_min_messages = warning;
  SET LOCAL lock_timeout = '2min';
  BEGIN
    CREATE TABLE IF NOT EXISTS ${LOCK} ();
  EXCEPTION WHEN unique_violation THEN
    NULL; -- Another cluster made it at the same time.
  END;
  LOCK TABLE ${LOCK} IN EXCLUSIVE MODE;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${USERS_ROLE}') THEN
    CREATE ROLE ${USERS_ROLE} NOLOGIN;
  END IF;`;

/** By default PostgreSQL lets every role connect to a database, and make temporary tables there. */
const closeDatabases = `
      FOR known IN
        SELECT datname, pg_has_role(datdba, 'USAGE') AS own FROM pg_database
        WHERE datallowconn AND EXISTS (
          SELECT FROM aclexplode(coalesce(datacl, acldefault('d', datdba))) AS granted WHERE granted.grantee = 0
        )
      LOOP
        IF known.own THEN
          EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC CASCADE', known.datname);
        ELSE
          RAISE WARNING 'every role may connect to database "%", which is not the master''s to close', known.datname;
        END IF;
      END LOOP;`;

const takeAway = `
      -- Before PostgreSQL 16 a membership has one grantor, and only a superuser may name it.
      FOR known IN
        SELECT member::regrole, roleid::regrole AS role,
          CASE WHEN roleid IN ('${USERS_ROLE}'::regrole, 'rds_iam'::regrole) THEN 'ADMIN OPTION FOR' END AS what,
          CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'GRANTED BY ' || grantor::regrole END AS granted_by
        FROM pg_auth_members AS given
        WHERE ${isOursOrAll("given.member")} AND (admin_option OR roleid NOT IN ('${USERS_ROLE}'::regrole, 'rds_iam'::regrole))
      LOOP
        EXECUTE format('REVOKE %s %s FROM %s %s CASCADE', known.what, known.role, known.member, known.granted_by);
      END LOOP;
      FOR known IN
        SELECT DISTINCT datname, grantee::regrole AS grantee FROM pg_database, aclexplode(datacl)
        WHERE ${isOursOrAll("grantee")} AND (datname <> current_database() OR privilege_type <> 'CONNECT' OR is_grantable)
      LOOP
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM %s CASCADE', known.datname, known.grantee);
      END LOOP;
      FOR known IN
        SELECT DISTINCT nspname, CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END AS grantee
        FROM pg_namespace, aclexplode(nspacl)
        WHERE (nspname = 'public' OR ${isOurs("to_regrole(quote_ident(nspname))")}) AND (grantee = 0 OR ${isOursOrAll("grantee")})
          AND (grantee IS DISTINCT FROM to_regrole(quote_ident(nspname))::oid OR is_grantable)
      LOOP
        EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %s CASCADE', known.nspname, known.grantee);
      END LOOP;`;

const makeUser = `
        IF to_regrole(quote_ident(username)) IS NULL THEN
          EXECUTE format('CREATE ROLE %I', username);
          EXECUTE format('GRANT ${USERS_ROLE} TO %I', username);
        ELSIF NOT ${isOurs("quote_ident(username)::regrole")} THEN
          RAISE EXCEPTION 'role "%" exists and was not made here; name the user otherwise', username;
        END IF;
        SELECT substring(shobj_description(oid, 'pg_authid') FROM '^team (.*)$') AS team INTO known
          FROM pg_roles WHERE rolname = username;
        IF known.team <> team THEN
          RAISE EXCEPTION 'user "%" is of team "%", whose data its schema keeps; for team "%" name the user otherwise',
            username, known.team, team;
        END IF;
        EXECUTE format('COMMENT ON ROLE %I IS %L', username, 'team ' || team);`;

function limitUser({ connections, statementSeconds, idleTransactionSeconds }: UserLimits): string {
  const settings = [
    ["search_path", "%I"],
    ["statement_timeout", `''${statementSeconds}s''`],
    ["idle_in_transaction_session_timeout", `''${idleTransactionSeconds}s''`],
  ].map(
    ([name = "", value = ""]) =>
      `        EXECUTE format('ALTER ROLE %I IN DATABASE %I SET ${name} = ${value}', username, current_database(), username);`,
  );
  return `
        EXECUTE format('ALTER ROLE %I LOGIN NOCREATEDB NOCREATEROLE CONNECTION LIMIT ${connections} PASSWORD NULL', username);
        -- Only a role that has one of these may name it, so they are named only where they are set.
        SELECT string_agg(attribute, ' ') INTO names
          FROM pg_roles, LATERAL (VALUES (rolreplication, 'NOREPLICATION'), (rolbypassrls, 'NOBYPASSRLS')) AS it(present, attribute)
          WHERE rolname = username AND present;
        IF names IS NOT NULL THEN
          EXECUTE format('ALTER ROLE %I %s', username, names);
        END IF;
        EXECUTE format('GRANT rds_iam TO %I', username);
${settings.join("\n")}`;
}

/** A schema of somebody else's makes it fail: its owner could read what the user keeps there. */
const openSchema = `
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), username);
        EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', username);
        EXECUTE format('ALTER SCHEMA %I OWNER TO CURRENT_USER', username);
        EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO %I', username, username);`;

const lockOut = `
      FOR username IN
        SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname <> ALL (listed) AND ${isOurs("pg_roles.oid")}
      LOOP
        EXECUTE format('ALTER ROLE %I NOLOGIN PASSWORD NULL', username);
        EXECUTE format('REVOKE rds_iam FROM %I', username);
        EXECUTE format('REVOKE ALL ON DATABASE %I FROM %I', current_database(), username);
      END LOOP;`;

/** In a transaction of its own: until the first is committed, the user can still log in. */
const endLockedOut = `DO $ended$
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity JOIN pg_roles ON pg_roles.oid = usesysid
    WHERE ${isOurs("usesysid")} AND NOT rolcanlogin;
END
$ended$;`;

/**
 * A user that alters its own role, or grants what it has no right to grant (PostgreSQL only warns), locks that catalog row until
 * its transaction ends. No user should hold up the others' deploy so.
 */
const endHolders = `
      PERFORM pg_stat_clear_snapshot();
      FOR known IN
        SELECT pid, usename FROM pg_stat_activity
        WHERE ${isOurs("usesysid")} AND backend_xid IS NOT NULL AND xact_start < clock_timestamp() - interval '4s'
      LOOP
        PERFORM pg_terminate_backend(known.pid);
        RAISE WARNING 'ended a session of "%", whose open transaction may have caused: %', known.usename, SQLERRM;
      END LOOP;`;

const report = `
  SELECT string_agg(rolname, ', ' ORDER BY rolname) INTO names FROM pg_roles
    WHERE rolcanlogin AND rolname <> current_user AND rolname !~ '^(pg_|rds)' AND NOT ${isOurs("pg_roles.oid")};
  IF names IS NOT NULL THEN
    RAISE WARNING 'roles that are no app''s may log in: %; drop them, or register an app''s user', names;
  END IF;`;

/** Whether that role was made here. From PostgreSQL 16 on the master, which made ours, is a member too. */
function isOurs(oid: string): string {
  return `EXISTS (SELECT FROM pg_auth_members AS m WHERE m.roleid = '${USERS_ROLE}'::regrole AND m.member <> quote_ident(current_user)::regrole AND m.member = ${oid})`;
}

/** Whether that role is one of ours, or the role of them all, through which each would have what it has. */
function isOursOrAll(oid: string): string {
  return `(${oid} = '${USERS_ROLE}'::regrole OR ${isOurs(oid)})`;
}

function texts(values: readonly string[]): string {
  return `ARRAY[${values.map((text) => `'${text.replaceAll("'", "''")}'`).join(", ")}]::text[]`;
}
