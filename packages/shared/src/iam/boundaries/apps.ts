import type { RegisteredApp } from "../../apps";
import { CLOSED_KEY_ALIAS_PREFIX, EVERY_TEAM, STATE_BUCKET_PREFIX, teamPrefix, USED_BY } from "../../environment";
import { allow, deny, type Statement } from "../permissions";
import type { Boundary, Scope } from "./scope";

/**
 * Roles that the pods of one team's apps take: they read and write the team's own data in this account and region, and what all
 * teams share, and make or configure nothing. What is the team's: docs/decisions/0012-boundaries-fence-teams.md.
 */
export function appsBoundary(team: string, apps: readonly RegisteredApp[]): Boundary {
  return (scope) => [
    ...ownData(team, scope),
    ...databaseLogins(team, apps, scope),
    ...openedByTag(team, scope),
    ...neverOpen(team, scope),
  ];
}

/** What bears the team's name. */
function ownData(team: string, { place, arn }: Scope): Statement[] {
  const own = `${teamPrefix(team)}*`;
  return [
    allow(...queues).on(arn("sqs", own)),
    allow("sns:Publish").on(arn("sns", own)),
    allow(...tables).on(arn("dynamodb", `table/${own}`)),
    allow(...objects)
      .on(arn("s3", own))
      .when({ StringEquals: { "aws:ResourceAccount": place.account } }),
    allow("secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue").on(arn("secretsmanager", `secret:${own}`)),
  ];
}

/** A database user has no team in its name: the registry of apps says whose it is. */
function databaseLogins(team: string, apps: readonly RegisteredApp[], { arn }: Scope): Statement[] {
  const users = apps.flatMap((app) =>
    app.team === team && app.databaseUser !== undefined ? [arn("rds-db", `dbuser:*/${app.databaseUser}`)] : [],
  );
  return users.length === 0 ? [] : [allow("rds-db:connect").on(...users)];
}

/** A key's ARN bears no name. A queue of all teams bears none of theirs. */
function openedByTag(team: string, { arn }: Scope): Statement[] {
  const tag = `aws:ResourceTag/${USED_BY}`;
  return [
    allow(...queues)
      .on(arn("sqs", "*"))
      .when({ StringEquals: { [tag]: EVERY_TEAM } }),
    allow(...keys)
      .on(arn("kms", "key/*"))
      .when({ StringEquals: { [tag]: [team, EVERY_TEAM] } }),
  ];
}

/**
 * All states, and the keys of states and of clusters' secrets, whatever tag they get: each would let one app act for all. And
 * everything to a role that is not tagged as the team's, so that a resource's policy can rely on the tag.
 */
function neverOpen(team: string, { arn }: Scope): Statement[] {
  const states = arn("s3", `${STATE_BUCKET_PREFIX}*`);
  return [
    deny("s3:*").on(states, `${states}/*`),
    deny("kms:*")
      .on("*")
      .when({ "ForAnyValue:StringLike": { "kms:ResourceAliases": `${CLOSED_KEY_ALIAS_PREFIX}*` } }),
    deny("*")
      .on("*")
      .when({ StringNotEquals: { "aws:PrincipalTag/team": team } }),
  ];
}

/** Each by its name: what a wildcard covers need not exist. */
const keys = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyPair",
  "kms:GenerateDataKeyPairWithoutPlaintext",
  "kms:GenerateDataKeyWithoutPlaintext",
];

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
