import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { type Environment, PLANS_PREFIX, STATE_KEY_ALIAS, stateBucket } from "@demarc/shared/environment";
import { policyDocument } from "@demarc/shared/iam";
import { Construct } from "constructs";
import { ABORTED_UPLOADS } from "../bucket/aborted-uploads";
import { keepPrivate } from "../bucket/private";
import { EncryptionKey } from "../encryption/key";
import { protect } from "../protection";
import { stateBucketPolicy } from "./state-bucket-policy";

/** Old versions of a state: these many are kept for ever, further ones for this long. */
const KEPT_VERSIONS = 20;
const KEPT_DAYS = 90;

/** Saved plans hold what states hold. They may be applied for a day, and S3 takes no shorter time than this: days. */
const PLANS_KEPT = 1;

/** By no setting: every environment of the account and region needs it. */
const ALWAYS = "no setting";

/**
 * The bucket that holds every state of an account and region, that of the stack that makes it included. It is there
 * before the stack is, empty and plain, and the first deploy adopts it: docs/decisions/0001-bootstrap.md.
 */
export class StateBucket extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment }: { readonly environment: Environment }) {
    super(scope, id);
    const name = stateBucket(environment);
    const bucket = new S3Bucket(this, "bucket", { bucket: name });
    protect(bucket, ALWAYS);
    bucket.importFrom(name);
    this.arn = bucket.arn;

    keepPrivate(this, bucket.id);
    const keyArn = this.#encrypt(bucket.id, environment);
    this.#keepVersions(bucket.id);
    const policy = policyDocument(stateBucketPolicy(environment, bucket.arn, keyArn));
    new S3BucketPolicy(this, "policy", { bucket: bucket.id, policy });
  }

  #encrypt(bucket: string, environment: Environment): string {
    const key = new EncryptionKey(this, "key", {
      environment,
      description: "Encrypts the Terraform states of this account and region",
      alias: STATE_KEY_ALIAS,
      protectedBy: ALWAYS,
    });
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          bucketKeyEnabled: true,
        },
      ],
    });
    return key.arn;
  }

  #keepVersions(bucket: string): void {
    const versioning = new S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      rule: [
        {
          id: "old-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: KEPT_DAYS, newerNoncurrentVersions: KEPT_VERSIONS }],
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
        {
          id: "saved-plans",
          status: "Enabled",
          filter: [{ prefix: `${PLANS_PREFIX}/` }],
          expiration: [{ days: PLANS_KEPT }],
          noncurrentVersionExpiration: [{ noncurrentDays: PLANS_KEPT }],
        },
        ABORTED_UPLOADS,
      ],
      // AWS refuses a rule for old versions of a bucket that keeps none.
      dependsOn: [versioning],
    });
  }
}
