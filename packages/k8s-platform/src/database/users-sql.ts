/** Role of which every user made here is a member, and nobody else: it tells our users from others. */
const USERS_ROLE = "demarc_users";

/**
 * SQL that makes the PostgreSQL users of the environment's apps, run by the master; to run it again changes nothing. A user logs
 * in by IAM (`rds_iam`), has a schema of its own name that the master owns, and no rights beside it.
 *
 * A user that is no longer listed can no longer log in, and its sessions end; its schema and data stay, for nobody should lose
 * data because a line was deleted. To list it again lets it in again.
 *
 * A role of a listed name that was not made here, such as the master itself, makes it fail with nothing changed.
 */
export function usersSql(users: readonly string[]): string {
  return `DO $users$
DECLARE
  listed CONSTANT text[] := ARRAY[${users.map(literal).join(", ")}]::text[];
  username text;
BEGIN
  -- Two clusters may do this at once.
  PERFORM pg_advisory_xact_lock(hashtext('${USERS_ROLE}'));

  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${USERS_ROLE}') THEN
    CREATE ROLE ${USERS_ROLE} NOLOGIN;
  END IF;

  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  REVOKE ALL ON SCHEMA public FROM PUBLIC;

  FOREACH username IN ARRAY listed LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = username) THEN
      EXECUTE format('CREATE ROLE %I', username);
      EXECUTE format('GRANT ${USERS_ROLE} TO %I', username);
    ELSIF NOT ${isOurs("username")} THEN
      RAISE EXCEPTION 'role "%" exists and was not made here; name the user otherwise', username;
    END IF;
    EXECUTE format('ALTER ROLE %I LOGIN', username);
    EXECUTE format('GRANT rds_iam TO %I', username);
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), username);
    EXECUTE format('CREATE SCHEMA IF NOT EXISTS %I', username);
    EXECUTE format('GRANT USAGE, CREATE ON SCHEMA %I TO %I', username, username);
    EXECUTE format('ALTER ROLE %I IN DATABASE %I SET search_path = %I', username, current_database(), username);
  END LOOP;

  FOR username IN
    SELECT known.rolname FROM pg_roles AS known WHERE ${isOurs("known.rolname")} AND known.rolname <> ALL (listed)
  LOOP
    EXECUTE format('ALTER ROLE %I NOLOGIN', username);
    EXECUTE format('REVOKE rds_iam FROM %I', username);
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = username;
  END LOOP;
END
$users$;
`;
}

/** Whether the role of that name is a member of ours: not its maker, whom PostgreSQL 16 makes a member with admin option. */
function isOurs(name: string): string {
  return `EXISTS (SELECT FROM pg_auth_members AS m JOIN pg_roles AS r ON r.oid = m.member WHERE m.roleid = '${USERS_ROLE}'::regrole AND NOT m.admin_option AND r.rolname = ${name})`;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
