import { actionFacts, actionsMatching, type Context } from "@demarc/judge";
import type { RegisteredApp } from "../../apps";
import type { Place } from "../../environment";
import { unlimitedRole } from "../../testing";
import { type Bounded, boundedId, everyBounded } from "../boundary";
import { policyDocument } from "../permissions";
import { boundaryStatements } from ".";

const place: Place = { account: "111122223333", region: "eu-west-1" };
const here = `eu-west-1:${place.account}`;
const apps: readonly RegisteredApp[] = [
  { name: "cats", team: "pets", hostnames: [] },
  { name: "store", team: "shop", hostnames: [], databaseUser: "store" },
  { name: "till", team: "shop", hostnames: [], databaseUser: "till" },
];
const all = everyBounded(apps).map((bounded) => ({ id: boundedId(bounded), bounded }));
const role = (bounded: Bounded) => unlimitedRole(place, bounded, { apps });
const [infra, k8sPlatform, shop] = [
  role({ kind: "infra" }),
  role({ kind: "k8s-platform" }),
  role({ kind: "apps", team: "shop" }),
];

const anyRole = `arn:aws:iam::${place.account}:role/demarc/dev/store/any`;
const key = `arn:aws:kms:${here}:key/1234`;
const cluster = `arn:aws:eks:${here}:cluster/dev-a`;
const masterSecret = `arn:aws:secretsmanager:${here}:secret:rds!db-1-AbCdEf`;
const state = "arn:aws:s3:::demarc-state-111122223333-eu-west-1/dev/a.tfstate";

/** What would widen a role, lend it another one's rights, or show it all that Terraform knows. */
const wideners: readonly (readonly [action: string, resource: string])[] = [
  ["iam:AttachRolePolicy", anyRole],
  ["iam:CreatePolicyVersion", `arn:aws:iam::${place.account}:policy/demarc/demarc-eu-west-1-infra`],
  ["iam:CreateRole", anyRole],
  ["iam:DeleteRolePermissionsBoundary", anyRole],
  ["iam:PassRole", anyRole],
  ["iam:PutRolePolicy", anyRole],
  ["iam:TagRole", anyRole],
  ["iam:UpdateAssumeRolePolicy", anyRole],
  ["organizations:LeaveOrganization", "*"],
  ["sts:AssumeRole", anyRole],
  ["account:PutAlternateContact", `arn:aws:account::${place.account}:account`],
  ["ec2:RunInstances", `arn:aws:ec2:${here}:instance/*`],
  ["lambda:UpdateFunctionCode", `arn:aws:lambda:${here}:function:f`],
  ["ssm:SendCommand", `arn:aws:ec2:${here}:instance/i-1`],
  ["eks:CreateAccessEntry", cluster],
  ["eks:CreatePodIdentityAssociation", cluster],
  ["kms:PutKeyPolicy", key],
  ["s3:PutBucketPolicy", "arn:aws:s3:::shop--catalogue"],
  ["secretsmanager:PutResourcePolicy", masterSecret],
  ["s3:GetObject", state],
  ["s3:PutObject", state],
];

describe.each(all.filter(({ id }) => id !== "delivery"))("a role of $id", ({ id, bounded }) => {
  it.each(wideners)(`by %s on %s is refused by the boundary of ${id}`, async (action, resource) => {
    await expect(role(bounded)).toRefuse(action, resource, {}, { by: "boundary" });
  });
});

/** What would let a role that plans or deploys widen itself, act as another one, or lose the states. */
const selfWideners: readonly [action: string, resource: string, context?: Context][] = [
  ...[
    "iam:AttachRolePolicy",
    "iam:DeleteRole",
    "iam:DetachRolePolicy",
    "iam:PassRole",
    "iam:PutRolePermissionsBoundary",
    "iam:PutRolePolicy",
    "iam:TagRole",
    "iam:UpdateAssumeRolePolicy",
  ].flatMap((action) =>
    [
      "dev/access/dev-store-deploy",
      "prod/access/prod-infra-plan",
      "account/infra/demarc-api-gateway-logs-eu-west-1",
    ].map((name): [string, string] => [action, `arn:aws:iam::${place.account}:role/demarc/${name}`]),
  ),
  ["iam:CreateRole", `arn:aws:iam::${place.account}:role/administrator`],
  ["iam:DeleteRolePermissionsBoundary", anyRole],
  ["iam:CreatePolicy", `arn:aws:iam::${place.account}:policy/any`],
  ["iam:CreatePolicyVersion", `arn:aws:iam::${place.account}:policy/demarc/demarc-eu-west-1-infra`],
  ["iam:DeletePolicy", `arn:aws:iam::${place.account}:policy/demarc/dev/access/dev-store-deploy-1`],
  ["iam:CreateUser", `arn:aws:iam::${place.account}:user/any`],
  ["iam:CreateAccessKey", `arn:aws:iam::${place.account}:user/any`],
  [
    "iam:UpdateOpenIDConnectProviderThumbprint",
    `arn:aws:iam::${place.account}:oidc-provider/token.actions.githubusercontent.com`,
  ],
  ["sts:AssumeRole", anyRole],
  ["s3:PutBucketPolicy", state.split("/")[0] ?? ""],
  ["s3:DeleteObjectVersion", state],
  ["s3:PutBucketPolicy", "arn:aws:s3:::shop--catalogue"],
  ["kms:ScheduleKeyDeletion", key, { "kms:ResourceAliases": ["alias/demarc-state"] }],
  ["kms:DeleteAlias", `arn:aws:kms:${here}:alias/demarc-state`],
  ["secretsmanager:GetSecretValue", masterSecret],
  ["organizations:LeaveOrganization", "*"],
];

it.each(selfWideners)(
  "by %s on %s, a role that deploys is refused by its boundary",
  async (action, resource, context) => {
    await expect(role({ kind: "delivery" })).toRefuse(action, resource, context ?? {}, { by: "boundary" });
  },
);

describe.each(all)("the permissions boundary of $id", ({ bounded }) => {
  it("fits the 6144 characters of a managed policy in any region", () => {
    const region = "ap-northeast-1";
    expect(policyDocument(boundaryStatements({ ...place, region }, bounded, apps)).length).toBeLessThan(6144);
  });

  it("names what its actions act on: an action that knows no resources needs the resource *", async () => {
    const statements = boundaryStatements(place, bounded, apps).filter(({ Effect }) => Effect === "Allow");
    const asked = statements.flatMap(({ Action, Resource }) => Action.map((pattern) => ({ pattern, Resource })));
    const lost = asked.map(async ({ pattern, Resource }) => {
      const facts = await Promise.all((await actionsMatching(pattern)).map(actionFacts));
      const held = facts.some(
        (fact) => fact !== undefined && (Resource.includes("*") || fact.resourceTypes.length > 0),
      );
      return held ? [] : [pattern];
    });
    expect((await Promise.all(lost)).flat()).toEqual([]);
  });

  it("names every service that a role may use", () => {
    const allowed = boundaryStatements(place, bounded, apps).filter(({ Effect }) => Effect === "Allow");
    expect(allowed.flatMap(({ Action }) => Action).filter((action) => !/^[a-z0-9-]+:/.test(action))).toEqual([]);
  });
});

it("has room for thirty database users of a team", () => {
  const databaseUser = (at: number) => `user-${at}`.padEnd(30, "x");
  const many = Array.from({ length: 30 }, (_, at) => ({
    ...{ name: `app-${at}`, team: "a-team-of-20-letters", hostnames: [] },
    databaseUser: databaseUser(at),
  }));
  const statements = boundaryStatements(
    { ...place, region: "ap-northeast-1" },
    { kind: "apps", team: "a-team-of-20-letters" },
    many,
  );
  expect(policyDocument(statements).length).toBeLessThan(6144);
});

describe("what each boundary leaves open", () => {
  const elb = `arn:aws:iam::${place.account}:role/aws-service-role/elasticloadbalancing.amazonaws.com/AWSServiceRoleForElasticLoadBalancing`;
  const named = (service: string) => ({ "iam:AWSServiceName": service });

  it("lets ELB's own role be made, and no other", async () => {
    for (const each of [infra, k8sPlatform]) {
      await expect(each).toAllow("iam:CreateServiceLinkedRole", elb, named("elasticloadbalancing.amazonaws.com"));
      await expect(each).toRefuse("iam:CreateServiceLinkedRole", elb, named("eks.amazonaws.com"));
      const other = elb.replace(/role\/.*/, "role/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS");
      await expect(each).toRefuse("iam:CreateServiceLinkedRole", other, named("eks.amazonaws.com"));
    }
    await expect(shop).toRefuse("iam:CreateServiceLinkedRole", elb, named("elasticloadbalancing.amazonaws.com"));
  });

  it("lets k8s-platform read the master users' secrets, and none of the teams'", async () => {
    await expect(k8sPlatform).toAllow("secretsmanager:GetSecretValue", masterSecret);
    const secret = `arn:aws:secretsmanager:${here}:secret:shop--token-AbCdEf`;
    await expect(k8sPlatform).toRefuse("secretsmanager:GetSecretValue", secret, {}, { by: "boundary" });
    await expect(infra).toRefuse("secretsmanager:GetSecretValue", secret, {}, { by: "boundary" });
  });

  it.each([
    ["rds-db:connect", `arn:aws:rds-db:${here}:dbuser:db-A1/store`],
    ["sqs:SendMessage", `arn:aws:sqs:${here}:shop--orders`],
    ["dynamodb:GetItem", `arn:aws:dynamodb:${here}:table/shop--orders`],
  ])("lets an app do %s in this account and region only", async (action, resource) => {
    await expect(shop).toAllow(action, resource);
    await expect(shop).toRefuse(action, resource.replace("eu-west-1", "us-east-1"));
    await expect(shop).toRefuse(action, resource.replace(place.account, "444455556666"));
  });

  it.each([
    ["sqs:CreateQueue", `arn:aws:sqs:${here}:shop--orders`],
    ["s3:CreateBucket", "arn:aws:s3:::shop--catalogue"],
    ["dynamodb:CreateTable", `arn:aws:dynamodb:${here}:table/shop--orders`],
    ["route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z1"],
  ])("lets an app make nothing: %s", async (action, resource) => {
    await expect(shop).toRefuse(action, resource, {}, { by: "boundary" });
  });
});
