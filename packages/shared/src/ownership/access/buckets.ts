import { allow } from "../../iam";
import type { AccessByType } from "./access";

/** Buckets whose ARNs fit a pattern, and what is set of them. @param buckets pattern of their ARNs */
export function bucketAccess(buckets: string): AccessByType {
  const bucket = (...actions: readonly string[]) => [allow(...actions).on(buckets)];
  return {
    aws_s3_bucket: bucket(
      "s3:GetAccelerateConfiguration",
      "s3:GetBucketAcl",
      "s3:GetBucketCORS",
      "s3:GetBucketLogging",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketPolicy",
      "s3:GetBucketRequestPayment",
      "s3:GetBucketTagging",
      "s3:GetBucketVersioning",
      "s3:GetBucketWebsite",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:GetReplicationConfiguration",
      "s3:ListBucket",
      "s3:PutBucketTagging",
    ),
    aws_s3_bucket_lifecycle_configuration: bucket("s3:GetLifecycleConfiguration", "s3:PutLifecycleConfiguration"),
    aws_s3_bucket_ownership_controls: bucket("s3:GetBucketOwnershipControls", "s3:PutBucketOwnershipControls"),
    aws_s3_bucket_policy: bucket("s3:GetBucketPolicy", "s3:DeleteBucketPolicy", "s3:PutBucketPolicy"),
    aws_s3_bucket_public_access_block: bucket("s3:GetBucketPublicAccessBlock", "s3:PutBucketPublicAccessBlock"),
    aws_s3_bucket_server_side_encryption_configuration: bucket(
      "s3:GetEncryptionConfiguration",
      "s3:PutEncryptionConfiguration",
    ),
    aws_s3_bucket_versioning: bucket("s3:GetBucketVersioning", "s3:PutBucketVersioning"),
  };
}
