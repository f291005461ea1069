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

/** Settings of PostgreSQL. A group is of one major version, and the old one is in use until the upgrade is over. */
export class DatabaseParameters extends Construct {
  readonly groupName: string;

  constructor(scope: Construct, id: string, { instance, majorVersion }: DatabaseParametersProps) {
    super(scope, id);
    const group = new DbParameterGroup(this, "group", {
      name: `${instance}-postgres${majorVersion}`,
      family: `postgres${majorVersion}`,
      description: `PostgreSQL ${majorVersion} of ${instance}`,
      parameter: parameters,
      lifecycle: { createBeforeDestroy: true },
    });
    this.groupName = group.name;
  }
}
