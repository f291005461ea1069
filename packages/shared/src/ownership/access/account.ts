import { arn } from "../../environment";
import { allow } from "../../iam";
import { type AccessByType, here, pass } from "./access";

const buckets = here("s3", "demarc-state-*");

const bucket = (...actions: readonly string[]) => [allow(...actions).on(buckets)];

/**
 * The bucket of all states, which its bootstrap makes, and the boundaries. Only the account stack has these, which infra's administrators deploy
 * (docs/decisions/0001-bootstrap.md): a role that deploys and could write its own boundary, or others' states, would be bounded by nothing.
 */
export const account: AccessByType = {
  aws_iam_policy: [
    allow(
      "iam:GetPolicy",
      "iam:GetPolicyVersion",
      "iam:ListPolicyVersions",
      "iam:CreatePolicy",
      "iam:CreatePolicyVersion",
      "iam:DeletePolicy",
      "iam:DeletePolicyVersion",
      "iam:TagPolicy",
      "iam:UntagPolicy",
    ).on(here("iam", "policy/demarc/*")),
  ],
  // API Gateway's ARNs name no account.
  aws_api_gateway_account: [
    allow("apigateway:GET", "apigateway:PATCH").on(arn({ account: "", region: "<region>" }, "apigateway", "/account")),
    pass("apigateway.amazonaws.com"),
  ],
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
