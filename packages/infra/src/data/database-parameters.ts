import { DbParameterGroup } from "@cdktf/provider-aws/lib/db-parameter-group";
import { Construct } from "constructs";

export interface DatabaseParametersProps {
  /** Identifier of the instance. */
  readonly instance: string;
  readonly majorVersion: string;
}

const parameters = [
  // No connection without TLS. RDS's own default since PostgreSQL 15, said here all the same.
  { name: "rds.force_ssl", value: "1" },
  { name: "log_connections", value: "1" },
  { name: "log_disconnections", value: "1" },
  { name: "log_lock_waits", value: "1" },
  // Changes of schema and rights, not data: statements hold what users typed.
  { name: "log_statement", value: "ddl" },
  // Milliseconds.
  { name: "log_min_duration_statement", value: "1000" },
];

/**
 * Settings of PostgreSQL. A group is of one major version, and RDS deletes none that is in use. So the next group is made first, the
 * instance moves to it, and the old group goes last. Each has a name of its own, as both exist for a while.
 */
export class DatabaseParameters extends Construct {
  readonly groupName: string;

  constructor(scope: Construct, id: string, { instance, majorVersion }: DatabaseParametersProps) {
    super(scope, id);
    const group = new DbParameterGroup(this, "group", {
      namePrefix: `${instance}-postgres${majorVersion}-`,
      family: `postgres${majorVersion}`,
      description: `PostgreSQL ${majorVersion} of ${instance}`,
      parameter: parameters,
      lifecycle: { createBeforeDestroy: true },
    });
    this.groupName = group.name;
  }
}
