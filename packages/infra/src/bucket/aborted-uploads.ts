import type { S3BucketLifecycleConfigurationRule } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";

/** Rule of a bucket's life cycle: parts of an upload that nobody finished are billed until they are deleted, and no listing shows them. */
export const ABORTED_UPLOADS: S3BucketLifecycleConfigurationRule = {
  id: "aborted-uploads",
  status: "Enabled",
  filter: [{ prefix: "" }],
  abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
};
