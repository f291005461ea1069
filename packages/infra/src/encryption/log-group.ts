import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { arn, type Environment } from "@demarc/shared/environment";
import { allow, type ResourceStatement } from "@demarc/shared/iam";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { EncryptionKey } from "./key";

export interface EncryptedLogGroupProps {
  readonly environment: Environment;
  /** Name of the log group, such as /demarc/dev/flow-logs. */
  readonly name: string;
  /** Days until CloudWatch deletes a record; one of the figures that CloudWatch knows. */
  readonly retentionDays: number;
}

/** A CloudWatch log group, encrypted with a key of its own that CloudWatch Logs may use for this group and no other. */
export class EncryptedLogGroup extends Construct implements ITerraformDependable {
  readonly name: string;
  /** ARN without `:*` at its end. */
  readonly arn: string;
  /** Its address: a service that would make the group itself, with no key and for ever, depends on it. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: EncryptedLogGroupProps) {
    super(scope, id);
    const { environment, name, retentionDays } = props;

    const key = new EncryptionKey(this, "key", {
      environment,
      description: `Encrypts log group ${name}`,
      uses: [usedByCloudWatchLogs(environment, name)],
    });
    const group = new CloudwatchLogGroup(this, "group", { name, retentionInDays: retentionDays, kmsKeyId: key.arn });
    this.name = group.name;
    this.arn = group.arn;
    this.fqn = group.fqn;
  }
}

/** The ARN is written out: the group's own attribute would make a circle, as the group needs its key first. */
function usedByCloudWatchLogs(environment: Environment, name: string): ResourceStatement {
  const group = arn(environment, "logs", `log-group:${name}`);
  const statement = allow("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*")
    .on("*")
    .when({ ArnEquals: { "kms:EncryptionContext:aws:logs:arn": group } });
  return { ...statement, Principal: { Service: `logs.${environment.region}.amazonaws.com` } };
}
