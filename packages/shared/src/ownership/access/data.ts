import { allow } from "../../iam";
import { type AccessByType, allowInRegion, here, pass } from "./access";

const logGroups = here("logs", "log-group:*");
const queues = here("sqs", "*");
const keys = here("kms", "key/*");
const rds = (kind: string): string => here("rds", `${kind}:<environment>-*`);
const rdsTags = ["rds:AddTagsToResource", "rds:RemoveTagsFromResource"];
const setting = allow("sqs:GetQueueAttributes", "sqs:SetQueueAttributes").on(queues);

/** Databases, queues, keys and log groups. */
export const data: AccessByType = {
  aws_kms_key: [
    // KMS knows no resource of a key that is not there yet.
    allowInRegion("kms:CreateKey"),
    allow(
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListResourceTags",
      "kms:EnableKeyRotation",
      "kms:PutKeyPolicy",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateKeyDescription",
    ).on(keys),
  ],
  aws_kms_alias: [
    allowInRegion("kms:ListAliases"),
    allow("kms:CreateAlias", "kms:DeleteAlias", "kms:UpdateAlias").on(here("kms", "alias/*"), keys),
  ],
  aws_cloudwatch_log_group: [
    // CloudWatch Logs takes a name's beginning, and no one group.
    allowInRegion("logs:DescribeLogGroups"),
    allow(
      "logs:ListTagsForResource",
      "logs:AssociateKmsKey",
      "logs:CreateLogGroup",
      "logs:DeleteLogGroup",
      "logs:DeleteRetentionPolicy",
      "logs:DisassociateKmsKey",
      "logs:PutRetentionPolicy",
      "logs:TagResource",
      "logs:UntagResource",
    ).on(logGroups),
  ],
  aws_sqs_queue: [
    allow(
      "sqs:GetQueueAttributes",
      "sqs:ListQueueTags",
      "sqs:CreateQueue",
      "sqs:DeleteQueue",
      "sqs:SetQueueAttributes",
      "sqs:TagQueue",
      "sqs:UntagQueue",
    ).on(queues),
  ],
  aws_sqs_queue_policy: [setting],
  aws_sqs_queue_redrive_allow_policy: [setting],
  aws_db_instance: [
    // The provider looks for it by an id that AWS chose, which no ARN bears.
    allow("rds:DescribeDBInstances").on(here("rds", "db:*")),
    allow("rds:CreateDBInstance", "rds:ModifyDBInstance").on(rds("db"), rds("pg"), rds("subgrp"), here("rds", "og:*")),
    allow("rds:ListTagsForResource", "rds:DeleteDBInstance", "rds:RebootDBInstance", ...rdsTags).on(rds("db")),
    pass("monitoring.rds.amazonaws.com"),
  ],
  aws_db_parameter_group: [
    allow(
      "rds:DescribeDBParameterGroups",
      "rds:DescribeDBParameters",
      "rds:ListTagsForResource",
      "rds:CreateDBParameterGroup",
      "rds:DeleteDBParameterGroup",
      "rds:ModifyDBParameterGroup",
      "rds:ResetDBParameterGroup",
      ...rdsTags,
    ).on(rds("pg")),
  ],
  aws_db_subnet_group: [
    allow(
      "rds:DescribeDBSubnetGroups",
      "rds:ListTagsForResource",
      "rds:CreateDBSubnetGroup",
      "rds:DeleteDBSubnetGroup",
      "rds:ModifyDBSubnetGroup",
      ...rdsTags,
    ).on(rds("subgrp")),
  ],
  "data.aws_cloudwatch_log_groups": [allowInRegion("logs:DescribeLogGroups")],
};
