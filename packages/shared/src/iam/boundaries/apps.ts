import { stateBucket } from "../../environment";
import { allow, deny } from "../permissions";
import type { Boundary } from "./scope";

/**
 * Roles that apps' pods take: they read and write data of this account and region, and make or configure nothing. Not
 * theirs are the secrets that RDS keeps (master users) and the states, which would let one app act for all.
 */
export const appsBoundary: Boundary = ({ place, arn }) => {
  const states = arn("s3", stateBucket(place));
  return [
    allow(...queues).on(arn("sqs", "*")),
    allow("sns:Publish").on(arn("sns", "*")),
    allow(...tables).on(arn("dynamodb", "table/*")),
    allow(...objects)
      .on(arn("s3", "*"))
      .when({ StringEquals: { "aws:ResourceAccount": place.account } }),
    deny("s3:*").on(states, `${states}/*`),
    allow("secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue").on(arn("secretsmanager", "secret:*")),
    deny("secretsmanager:*").on(arn("secretsmanager", "secret:rds!*")),
    allow("rds-db:connect").on(arn("rds-db", "dbuser:*/*")),
    allow("kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*").on(arn("kms", "key/*")),
  ];
};

const queues = [
  "sqs:ChangeMessageVisibility",
  "sqs:DeleteMessage",
  "sqs:GetQueueAttributes",
  "sqs:GetQueueUrl",
  "sqs:ReceiveMessage",
  "sqs:SendMessage",
];

const tables = [
  "dynamodb:BatchGetItem",
  "dynamodb:BatchWriteItem",
  "dynamodb:ConditionCheckItem",
  "dynamodb:DeleteItem",
  "dynamodb:DescribeTable",
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:Query",
  "dynamodb:Scan",
  "dynamodb:UpdateItem",
];

const objects = [
  "s3:AbortMultipartUpload",
  "s3:DeleteObject",
  "s3:GetBucketLocation",
  "s3:GetObject",
  "s3:ListBucket",
  "s3:ListBucketMultipartUploads",
  "s3:ListMultipartUploadParts",
  "s3:PutObject",
];
