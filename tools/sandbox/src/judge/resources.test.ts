import { Bench } from "./decide";

const ACCOUNT = "111122223333";
const REGION = "eu-central-1";
const arn = (kind: string) => `arn:aws:ec2:${REGION}:${ACCOUNT}:${kind}`;
const gateway = arn("internet-gateway/igw-1");
const vpc = arn("vpc/vpc-1");
const stage = `arn:aws:apigateway:${REGION}::/restapis/a1/stages/live`;
const balancer = `arn:aws:elasticloadbalancing:${REGION}:${ACCOUNT}:loadbalancer/app/a/1`;
const acl = `arn:aws:wafv2:${REGION}:${ACCOUNT}:regional/webacl/pets/1`;
const tagsOfStage = `arn:aws:apigateway:${REGION}::/tags/${encodeURIComponent(stage)}`;
const zone = "arn:aws:route53:::hostedzone/Z1";

/** What a role that may do this on these ARNs is told. */
function decided(action: string, known: readonly string[], allowed: readonly string[] = ["*"]) {
  const [service = "", operation = ""] = action.split(":");
  const statement = { Effect: "Allow", Action: action, Resource: allowed };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const role = `arn:aws:iam::${ACCOUNT}:role/test/deploy`;
  const identity = { role, session: "s", tags: {}, policies: [{ name: "own", document }], boundary: null };
  const resources = known.map((each) => ({ arn: each, context: {} }));
  return new Bench().decide({
    ...{ account: ACCOUNT, region: REGION, service, operation },
    identity: { ...identity, sessionPolicy: null },
    questions: [{ action, resources, context: {} }],
  });
}

it.each([
  ["one of two", "ec2:AttachInternetGateway", [vpc], "internet-gateway"],
  ["the other of two", "ec2:AttachInternetGateway", [gateway], "vpc"],
  ["both", "ec2:AttachInternetGateway", [], "internet-gateway, vpc"],
  ["what something is made in", "ec2:CreateSubnet", [], "vpc"],
  ["what is written into", "iam:PutRolePolicy", [], "role"],
  ["what a version is made of", "iam:CreatePolicyVersion", [], "policy"],
  ["what is read", "rds:DescribeDBParameters", [], "pg"],
  ["what is read, of kinds that are all optional", "rds:DescribeDBInstances", [], "resource"],
  ["what is tagged", "ec2:CreateTags", [], "resource"],
  ["the path of a REST API", "apigateway:PATCH", [], "resource"],
  ["a web ACL", "wafv2:AssociateWebACL", [balancer], "webacl"],
  ["what a web ACL may protect", "wafv2:GetWebACLForResource", [], "apigateway or loadbalancer/app/ or webacl"],
  ["either of what it may tag", "route53:ChangeTagsForResource", [], "healthcheck or hostedzone"],
])("without %s a call is not judged, and the kind is named", async (_, action, known, kinds) => {
  expect(await decided(action, known)).toEqual({
    outcome: "unjudged",
    reason: `${action}: of what it acts on, its ${kinds} is not known`,
  });
});

it.each([
  ["all that it names", "ec2:AttachInternetGateway", [vpc, gateway]],
  ["what it makes something in", "ec2:CreateSubnet", [vpc]],
  ["what is required, where others are optional", "ec2:CreateSecurityGroup", []],
  ["a stage's path", "apigateway:PATCH", [stage]],
  ["the path of a stage's tags", "apigateway:PUT", [tagsOfStage]],
  ["what a web ACL protects", "apigateway:SetWebACL", [stage]],
  ["a web ACL and what it protects", "wafv2:AssociateWebACL", [acl, stage]],
  ["what no web ACL protects", "wafv2:GetWebACLForResource", [balancer]],
  ["one of those that it may tag", "route53:ChangeTagsForResource", [zone]],
])("with %s it is judged", async (_, action, known) => {
  expect(await decided(action, known)).toEqual({ outcome: "allowed" });
});

it("a refusal of what is known stands, whatever else is not", async () => {
  expect(await decided("ec2:AttachInternetGateway", [vpc], [gateway])).toMatchObject({
    outcome: "refused",
    refusal: { resource: vpc },
  });
});

it.each([
  ["the web ACL", [balancer], acl],
  ["what it would protect", [acl], balancer],
])("a web ACL is associated by whoever may do so with both: not without %s", async (_, allowed, refused) => {
  expect(await decided("wafv2:AssociateWebACL", [acl, balancer], allowed)).toMatchObject({
    outcome: "refused",
    refusal: { resource: refused },
  });
});

it("what a call makes is asked about by an ARN without an id", async () => {
  expect(await decided("ec2:CreateSubnet", [vpc], [vpc])).toMatchObject({
    outcome: "refused",
    refusal: { resource: arn("subnet/new") },
  });
});
