import { arn, type Environment } from "@demarc/shared/environment";
import { trustService } from "@demarc/shared/iam";
import { WorkspaceRole } from "@demarc/shared/stack";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { EncryptedLogGroup, type LogKeeping } from "../encryption/log-group";

export interface DatabaseMonitoringProps {
  readonly environment: Environment;
  /** Identifier of the instance. */
  readonly instance: string;
  readonly logRetentionDays: number;
  readonly keeping: LogKeeping;
}

/** What PostgreSQL on RDS can write to CloudWatch. */
const LOGS = ["postgresql", "upgrade"] as const;

/** Where the database writes its logs, and the role by which it sends figures of its operating system. */
export class DatabaseMonitoring extends Construct {
  readonly roleArn: string;
  /** Kinds of log that are exported. */
  readonly logs: string[] = [...LOGS];
  /** What must be there before the instance is. */
  readonly needed: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: DatabaseMonitoringProps) {
    super(scope, id);
    const { environment, instance, logRetentionDays, keeping } = props;
    // RDS writes to these names and no others; it makes the groups itself, in the clear and for ever, where there are none.
    const groups = LOGS.map(
      (log) =>
        new EncryptedLogGroup(this, log, {
          name: `/aws/rds/instance/${instance}/${log}`,
          retentionDays: logRetentionDays,
          ...keeping,
        }),
    );
    const role = this.#role(environment, instance);
    this.roleArn = role.arn;
    this.needed = [...groups, ...role.policies];
  }

  #role(environment: Environment, instance: string): WorkspaceRole {
    return new WorkspaceRole(this, "role", {
      name: `${instance}-database-monitoring`,
      description: `Enhanced monitoring of database ${instance}`,
      trust: trustService("monitoring.rds.amazonaws.com", {
        StringEquals: { "aws:SourceAccount": environment.account },
        ArnEquals: { "aws:SourceArn": arn(environment, "rds", `db:${instance}`) },
      }),
      managedPolicies: ["service-role/AmazonRDSEnhancedMonitoringRole"],
    });
  }
}
