import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { allow, policyDocument } from "../../iam";
import { consume } from "../../contract";
import { dataContract } from "../../contracts";
import { type StackAttempt, asking, document, outside } from "./attempt";

const everything = allow("s3:GetObject").on("arn:aws:s3:::pets--pictures/*");

/** What roles ask for. */
export const permissions: readonly StackAttempt[] = [
  {
    name: "a policy on another app's role",
    attempt: (stack) =>
      new IamRolePolicy(stack, "policy", { role: "dev-a-app-storefront", policy: policyDocument([everything]) }),
    refusedBy: "its role is dev-a-app-storefront",
  },
  {
    name: "a policy on a role that no stack makes",
    attempt: (stack) =>
      new IamRolePolicy(stack, "policy", { role: "${aws_iam_role.theirs.name}", policy: policyDocument([everything]) }),
    refusedBy: "its role is ${aws_iam_role.theirs.name}",
  },
  {
    name: "statements under another spelling",
    attempt: document(
      '{"Version":"2012-10-17","Statement":[],"statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
    ),
    refusedBy: "its policy is not one document of statements",
  },
  { name: "all of IAM", attempt: asking(allow("iam:*").on("*")), refusedBy: `iam:* ${outside}` },
  { name: "everything", attempt: asking(allow("*").on("*")), refusedBy: `* ${outside}` },
  {
    name: "all of a service of which the boundary has some",
    attempt: asking(allow("s3:*").on("arn:aws:s3:::pets--pictures/*")),
    refusedBy: `s3:* ${outside}`,
  },
  {
    name: "an action that does not exist",
    attempt: asking(allow("sqs:SendMesage").on("arn:aws:sqs:ap-northeast-1:123456789012:pets--orders")),
    refusedBy: "did you mean sqs:SendMessage?",
  },
  {
    name: "an action that does not exist, with the beginning of one that does",
    attempt: asking((stack) => allow("kms:GenerateDataKeyForEver").on(consume(stack, dataContract).queueKeyArn)),
    refusedBy: `kms:GenerateDataKeyForEver ${outside}`,
  },
  {
    name: "all actions that begin alike",
    attempt: asking((stack) => allow("kms:GenerateDataKey*").on(consume(stack, dataContract).queueKeyArn)),
    refusedBy: `kms:GenerateDataKey* ${outside}`,
  },
  {
    name: "to take another role",
    attempt: asking(allow("sts:AssumeRole").on("arn:aws:iam::123456789012:role/team/infra")),
    refusedBy: `sts:AssumeRole ${outside}`,
  },
  {
    name: "any object of any bucket",
    attempt: asking(allow("s3:GetObject").on("*")),
    refusedBy: `s3:GetObject on * ${outside}`,
  },
  {
    name: "the states",
    attempt: asking(allow("s3:GetObject").on("arn:aws:s3:::demarc-state-123456789012-ap-northeast-1/*")),
    refusedBy: outside,
  },
  {
    name: "a master user's secret",
    attempt: asking(
      allow("secretsmanager:GetSecretValue").on("arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:rds!db-1"),
    ),
    refusedBy: outside,
  },
  {
    name: "a queue of another account",
    attempt: asking(allow("sqs:SendMessage").on("arn:aws:sqs:ap-northeast-1:210987654321:pets--orders")),
    refusedBy: outside,
  },
  {
    name: "a queue of another region",
    attempt: asking(allow("sqs:SendMessage").on("arn:aws:sqs:us-east-1:123456789012:pets--orders")),
    refusedBy: outside,
  },
  {
    name: "another team's bucket",
    attempt: asking(allow("s3:GetObject").on("arn:aws:s3:::shop--pictures/*")),
    refusedBy: outside,
  },
  {
    name: "a bucket that is named almost as its team's",
    attempt: asking(allow("s3:GetObject").on("arn:aws:s3:::pets-pictures/*")),
    refusedBy: "what is named pets--…",
  },
  {
    name: "another team's secret",
    attempt: asking(
      allow("secretsmanager:GetSecretValue").on("arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:shop--a-1"),
    ),
    refusedBy: outside,
  },
  {
    name: "another team's table",
    attempt: asking(allow("dynamodb:Query").on("arn:aws:dynamodb:ap-northeast-1:123456789012:table/shop--orders")),
    refusedBy: outside,
  },
  {
    name: "another team's queue",
    attempt: asking(allow("sqs:ReceiveMessage").on("arn:aws:sqs:ap-northeast-1:123456789012:shop--orders")),
    refusedBy: outside,
  },
  {
    name: "the shared queue by its name in place of the contract's word",
    attempt: asking(allow("sqs:ReceiveMessage").on("arn:aws:sqs:ap-northeast-1:123456789012:dev-apps")),
    refusedBy: outside,
  },
  {
    name: "to be another team's database user",
    attempt: asking((stack) =>
      allow("rds-db:connect").on(
        `arn:aws:rds-db:ap-northeast-1:123456789012:dbuser:${consume(stack, dataContract).databaseResourceId}/storefront`,
      ),
    ),
    refusedBy: "an app connects as its own database user only",
  },
  {
    name: "to be a database user of any database",
    attempt: asking(allow("rds-db:connect").on("arn:aws:rds-db:ap-northeast-1:123456789012:dbuser:*/petstore")),
    refusedBy: "an app connects as its own database user only",
  },
  {
    name: "to be any database user",
    attempt: asking((stack) =>
      allow("RDS-DB:Connect").on(
        `arn:aws:rds-db:ap-northeast-1:123456789012:dbuser:${consume(stack, dataContract).databaseResourceId}/petstore-*`,
      ),
    ),
    refusedBy: "an app connects as its own database user only",
  },
  {
    name: "all but some actions",
    attempt: document(JSON.stringify({ Statement: [{ Effect: "Allow", NotAction: ["iam:*"], Resource: ["*"] }] })),
    refusedBy: "it may not have NotAction",
  },
  {
    name: "all but some resources",
    attempt: document(
      JSON.stringify({ Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], NotResource: ["x"] }] }),
    ),
    refusedBy: "it may not have NotResource",
  },
  {
    name: "a statement twice, of which readers take one each",
    attempt: document('{"Statement":[{"Effect":"Allow","Action":["iam:*"],"Resource":["*"]}],"Statement":[]}'),
    refusedBy: "its policy is not one document",
  },
  {
    name: "a policy that a function makes",
    attempt: document('{"Statement":[{"Effect":"Allow","Action":["${"iam:*"}"],"Resource":["*"]}]}'),
    refusedBy: "its policy is not one document",
  },
  {
    name: "one statement that is no list",
    attempt: document('{"Statement":{"Effect":"Allow","Action":"iam:*","Resource":"*"}}'),
    refusedBy: "its policy is not one document",
  },
];
