import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { arn, type Environment, USED_BY } from "@demarc/shared/environment";
import { allow, policyDocument, type ResourceStatement } from "@demarc/shared/iam";
import { Construct } from "constructs";
import { protect } from "../protection";

export interface EncryptionKeyProps {
  readonly environment: Environment;
  /** What it encrypts. */
  readonly description: string;
  /** Name to find the key by, such as "alias/demarc-state". @default none: whoever uses the key gets its ARN */
  readonly alias?: string;
  /** Setting by which Terraform refuses to destroy it: what it encrypts must outlive its stack. @default none: it may be destroyed */
  readonly protectedBy?: string | undefined;
  /** Who may use it beside those whom IAM of this account lets: AWS services. @default nobody */
  readonly uses?: readonly ResourceStatement[];
  /** Team whose apps may use it by their roles, or `EVERY_TEAM`. @default no app may */
  readonly usedBy?: string;
}

/**
 * A symmetric KMS key that AWS rotates every year. IAM policies of the account say who uses it, as with the key policy
 * that AWS gives by default; without that statement a key can be left with nobody who may change it.
 */
export class EncryptionKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: EncryptionKeyProps) {
    super(scope, id);
    const { environment, description, alias, protectedBy, uses = [], usedBy } = props;

    const key = new KmsKey(this, "key", {
      description,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: policyDocument([governedByIam(environment), ...uses]),
      ...(usedBy === undefined ? {} : { tags: { [USED_BY]: usedBy } }),
    });
    if (protectedBy !== undefined) protect(key, protectedBy);
    if (alias !== undefined) new KmsAlias(this, "alias", { name: alias, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}

function governedByIam(environment: Environment): ResourceStatement {
  const account = arn(environment, "iam", "root");
  return { ...allow("kms:*").on("*"), Principal: { AWS: account } };
}
