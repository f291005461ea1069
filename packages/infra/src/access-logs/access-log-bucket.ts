import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { arn, type Environment } from "@demarc/shared/environment";
import { allow, policyDocument, type ResourceStatement } from "@demarc/shared/iam";
import { Construct } from "constructs";
import { ABORTED_UPLOADS } from "../bucket/aborted-uploads";
import { keepPrivate } from "../bucket/private";
import { overTls } from "../encryption/in-transit";
import { protect } from "../protection";

export interface AccessLogBucketProps {
  readonly environment: Environment;
  /** Days until S3 deletes a log. */
  readonly retentionDays: number;
  /** Whether the bucket outlives the environment. If not, a destroy takes the logs with it. */
  readonly retained: boolean;
}

/**
 * The bucket that load balancers of the environment write their access logs to. S3 encrypts them with a key of its own, for Elastic
 * Load Balancing writes to no other:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export class AccessLogBucket extends Construct {
  readonly bucketName: string;

  constructor(scope: Construct, id: string, { environment, retentionDays, retained }: AccessLogBucketProps) {
    super(scope, id);
    const { name, account, region } = environment;
    const bucket = new S3Bucket(this, "bucket", {
      // Names of S3 are global, hence the account in it.
      bucket: `${name}-access-logs-${account}-${region}`,
      ...(retained ? {} : { forceDestroy: true }),
    });
    if (retained) protect(bucket, "retain.logs");
    keepPrivate(this, bucket.id);
    new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket: bucket.id,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    new S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket: bucket.id,
      rule: [
        { id: "old-logs", status: "Enabled", filter: [{ prefix: "" }], expiration: [{ days: retentionDays }] },
        ABORTED_UPLOADS,
      ],
    });
    const policy = new S3BucketPolicy(this, "policy", {
      bucket: bucket.id,
      policy: policyDocument([written(environment, bucket.arn), overTls("s3:*", bucket.arn, `${bucket.arn}/*`)]),
    });
    // By the policy: a load balancer is refused a bucket that it may not write to.
    this.bucketName = policy.bucket;
  }
}

/** Only for load balancers of this account and region: else the service could be made to write here for somebody else's. */
function written(environment: Environment, bucketArn: string): ResourceStatement {
  const statement = allow("s3:PutObject")
    .on(`${bucketArn}/AWSLogs/${environment.account}/*`)
    .when({ ArnLike: { "aws:SourceArn": arn(environment, "elasticloadbalancing", "loadbalancer/*") } });
  return { ...statement, Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" } };
}
