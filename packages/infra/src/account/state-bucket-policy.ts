import { arn, type Environment, STATE_KEY_ALIAS } from "@demarc/shared/environment";
import { deny, type ResourceStatement } from "@demarc/shared/iam";
import { overTls } from "../encryption/in-transit";

const ENCRYPTION = "s3:x-amz-server-side-encryption";
const KEY = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const CALLERS_OWN_KEY = "s3:x-amz-server-side-encryption-customer-algorithm";

/**
 * What nobody may do to the states, whatever IAM lets them. S3 judges a write by its headers, before it adds the bucket's
 * own encryption: one that names none passes and gets that, one that names another key than the states' is refused.
 */
export function stateBucketPolicy(environment: Environment, bucketArn: string, keyArn: string): ResourceStatement[] {
  const objects = `${bucketArn}/*`;
  const keyAlias = arn(environment, "kms", STATE_KEY_ALIAS);
  const toAll = deny("s3:*").on(bucketArn, objects);
  const toWrite = deny("s3:PutObject").on(objects);
  const others = [
    toAll.when({ NumericLessThan: { "s3:TlsVersion": "1.2" } }),
    toAll.when({ StringNotEquals: { "aws:PrincipalAccount": environment.account } }),
    toWrite.when({ Null: { [ENCRYPTION]: "false" }, StringNotEquals: { [KEY]: [keyArn, keyAlias] } }),
    toWrite.when({ Null: { [CALLERS_OWN_KEY]: "false" } }),
  ];
  return [
    overTls("s3:*", bucketArn, objects),
    ...others.map((statement): ResourceStatement => ({ ...statement, Principal: "*" })),
  ];
}
