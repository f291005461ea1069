import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { DataAwsCloudwatchLogGroups } from "@cdktf/provider-aws/lib/data-aws-cloudwatch-log-groups";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { isRecord } from "@demarc/shared/json";

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

/**
 * A log group that takes over one of its name which no state knows: EKS makes its own anew where its last records come after a
 * destroy, and a retained group is still there when its environment is deployed again. To create it would fail.
 */
class AdoptingLogGroup extends CloudwatchLogGroup {
  readonly #found = new DataAwsCloudwatchLogGroups(this, "found", { logGroupNamePrefix: this.nameInput ?? "" });

  override toTerraform(): Record<string, unknown> {
    const name = JSON.stringify(this.nameInput);
    const found = `toset([for found in ${this.#found.fqn}.log_group_names : found if found == ${name}])`;
    const adopted = {
      for_each: `\${${found}}`,
      id: this.nameInput,
      to: `${this.terraformResourceType}.${this.friendlyUniqueId}`,
    };
    const written: unknown = super.toTerraform();
    if (!isRecord(written)) throw new Error("a log group writes no object");
    return { ...written, import: [adopted] };
  }
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
    const group = new AdoptingLogGroup(this, "group", {
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
