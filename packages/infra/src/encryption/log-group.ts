import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** How every log group of an environment is kept. */
export interface LogKeeping {
  /** Key that CloudWatch Logs encrypts the records with. */
  readonly keyArn: string;
  /** Whether a destroy leaves the groups behind, with their records. */
  readonly retained: boolean;
}

export interface EncryptedLogGroupProps extends LogKeeping {
  /** Name of the log group, such as /demarc/dev/flow-logs. The policy of the log key knows it by its beginning (keys/log-key.ts). */
  readonly name: string;
  /** Days until CloudWatch deletes a record; one of the figures that CloudWatch knows. */
  readonly retentionDays: number;
}

/** An encrypted CloudWatch log group. */
export class EncryptedLogGroup extends Construct implements ITerraformDependable {
  readonly name: string;
  /** ARN without `:*` at its end. */
  readonly arn: string;
  /** Its address: a service that would make the group itself, with no key and for ever, depends on it. */
  readonly fqn: string;

  constructor(scope: Construct, id: string, { name, retentionDays, keyArn, retained }: EncryptedLogGroupProps) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, "group", {
      name,
      retentionInDays: retentionDays,
      kmsKeyId: keyArn,
      skipDestroy: retained,
    });
    this.name = group.name;
    this.arn = group.arn;
    this.fqn = group.fqn;
  }
}
