import { judge, UnanswerableError, type NamedPolicy, type Question } from "./index";

const account = "111122223333";
const roleArn = `arn:aws:iam::${account}:role/demarc/test/app/x`;
const queue = `arn:aws:sqs:eu-west-1:${account}:orders`;
const key = `arn:aws:kms:eu-west-1:${account}:key/1`;

const policy = (name: string, ...Statement: object[]): NamedPolicy => ({
  name,
  policy: { Version: "2012-10-17", Statement },
});
const statement = (Effect: string, Action: string, Resource: string, more: object = {}) => ({
  Effect,
  Action,
  Resource,
  ...more,
});
const allow = (action: string, resource = "*", more: object = {}) => statement("Allow", action, resource, more);
const deny = (action: string, resource = "*", more: object = {}) => statement("Deny", action, resource, more);

const asked = (more: Partial<Question>): Question => ({
  principal: { kind: "session", roleArn, tags: { team: "pets" } },
  action: "sqs:SendMessage",
  resource: queue,
  account,
  identityPolicies: [policy("own", allow("sqs:SendMessage", queue))],
  ...more,
});

describe("what decides", () => {
  it.each<[string, Partial<Question>, object]>([
    ["the role's own policy", {}, { allowed: true, by: "identity policy", policy: "own", statement: "#1" }],
    ["nothing", { identityPolicies: [] }, { allowed: false, explicit: false, by: "identity policy" }],
    [
      "a Deny, by its Sid",
      { identityPolicies: [policy("own", allow("sqs:*"), deny("sqs:SendMessage", queue, { Sid: "NotThisOne" }))] },
      { allowed: false, explicit: true, by: "identity policy", policy: "own", statement: "NotThisOne" },
    ],
    [
      "a boundary that does not allow it",
      { boundary: policy("bounds", allow("s3:*")) },
      { allowed: false, explicit: false, by: "boundary", policy: "bounds" },
    ],
    [
      "a boundary's Deny",
      { boundary: policy("bounds", allow("*"), deny("sqs:*")) },
      { allowed: false, explicit: true, by: "boundary", policy: "bounds", statement: "#2" },
    ],
    [
      "a session policy",
      { sessionPolicy: policy("session", allow("s3:*")) },
      { allowed: false, explicit: false, by: "session policy" },
    ],
    [
      "the queue's policy alone",
      {
        identityPolicies: [],
        resourcePolicy: policy("queue", allow("sqs:SendMessage", queue, { Sid: "Own", Principal: { AWS: roleArn } })),
      },
      { allowed: true, by: "resource policy", policy: "queue", statement: "Own" },
    ],
    [
      "the queue's Deny",
      { resourcePolicy: policy("queue", deny("sqs:*", queue, { Principal: "*" })) },
      { allowed: false, explicit: true, by: "resource policy", policy: "queue", statement: "#1" },
    ],
    [
      "a key's policy that does not know the account",
      {
        action: "kms:Decrypt",
        resource: key,
        identityPolicies: [policy("own", allow("kms:Decrypt", key))],
        resourcePolicy: policy("key", allow("kms:*", "*", { Principal: { Service: "sqs.amazonaws.com" } })),
      },
      { allowed: false, explicit: false, by: "resource policy", policy: "key" },
    ],
  ])("is %s", async (_, question, verdict) => {
    expect(await judge(asked(question))).toEqual({ ignoredKeys: [], ...verdict });
  });
});

describe("what AWS knows of a principal", () => {
  it.each([
    ["its team", "StringEquals", "aws:PrincipalTag/team", "pets", true],
    ["another team", "StringEquals", "aws:PrincipalTag/team", "shop", false],
    ["the role's ARN with its path", "ArnEquals", "aws:PrincipalArn", roleArn, true],
    ["not the session's ARN", "ArnLike", "aws:PrincipalArn", "arn:aws:sts::*:assumed-role/*", false],
    ["its account", "StringEquals", "aws:PrincipalAccount", account, true],
    ["that it is no service", "Bool", "aws:PrincipalIsAWSService", "false", true],
    ["the resource's account", "StringEquals", "aws:ResourceAccount", account, true],
  ])("is %s", async (_, operator, conditionKey, value, allowed) => {
    const own = policy("own", allow("sqs:*", "*", { Condition: { [operator]: { [conditionKey]: value } } }));
    expect(await judge(asked({ identityPolicies: [own] }))).toMatchObject({ allowed });
  });

  it("stands for a variable in an ARN", async () => {
    const own = policy("own", allow("sqs:*", "arn:aws:sqs:*:*:${aws:PrincipalTag/team}-*"));
    const resources = [`arn:aws:sqs:eu-west-1:${account}:pets-orders`, `arn:aws:sqs:eu-west-1:${account}:shop-orders`];
    const verdicts = resources.map((resource) => judge(asked({ resource, identityPolicies: [own] })));
    expect((await Promise.all(verdicts)).map(({ allowed }) => allowed)).toEqual([true, false]);
  });

  it("is not given by hand", async () => {
    await expect(judge(asked({ context: { "aws:PrincipalTag/team": "shop" } }))).rejects.toThrow(UnanswerableError);
  });
});

it("lets a service do what the resource's policy lets it", async () => {
  const resourcePolicy = policy(
    "queue",
    allow("sqs:SendMessage", queue, { Principal: { Service: "events.amazonaws.com" } }),
  );
  const verdicts = ["events.amazonaws.com", "s3.amazonaws.com"].map((service) =>
    judge(asked({ principal: { kind: "service", service }, identityPolicies: [], resourcePolicy })),
  );
  expect((await Promise.all(verdicts)).map(({ allowed }) => allowed)).toEqual([true, false]);
});

it("says which keys AWS does not set for the action, for a condition on them never matches", async () => {
  const context = { "s3:prefix": "a/", "aws:RequestedRegion": "eu-west-1" };
  expect(await judge(asked({ context }))).toMatchObject({ ignoredKeys: ["s3:prefix"] });
});

describe("what cannot be asked", () => {
  it.each<[string, Partial<Question>, RegExp]>([
    ["an action that does not exist", { action: "sqs:SendMessages" }, /"sqs:SendMessages" does not exist/],
    ["a service that does not exist", { action: "sqz:SendMessage" }, /"sqz:SendMessage" does not exist/],
    ["a resource of another kind", { resource: key }, /is no resource of sqs:SendMessage[^]*queue: arn:/],
    ["a resource where there is none", { action: "sqs:ListQueues" }, /knows no resources: ask about "\*"/],
    [
      "a session's ARN as the role's",
      { principal: { kind: "session", roleArn: "arn:aws:sts::1:x" } },
      /not the ARN of a role/,
    ],
    [
      "policies that AWS would not take",
      { boundary: policy("bounds", { Effect: "Maybe", Action: "sqs:*", Resource: "*" }) },
      /policy "bounds" is not one that AWS takes[^]*Effect/,
    ],
  ])("is %s", async (_, question, message) => {
    await expect(judge(asked(question))).rejects.toThrow(message);
    await expect(judge(asked(question))).rejects.toThrow(UnanswerableError);
  });
});

it.each([
  ["allowed by all that it may mean", [allow("sqs:*")], true],
  ["refused by a Deny of all of them", [allow("sqs:*"), deny("sqs:*")], false],
  ["refused where nothing speaks of it", [allow("s3:*")], false],
])("answers for a pattern of resources: %s", async (_, statements, allowed) => {
  const resource = `arn:aws:sqs:eu-west-1:${account}:*`;
  expect(await judge(asked({ resource, identityPolicies: [policy("own", ...statements)] }))).toMatchObject({ allowed });
});

describe("tags of what hangs from a load balancer, which the library's data does not have", () => {
  const elb = `arn:aws:elasticloadbalancing:eu-west-1:${account}:`;
  const own = { StringEquals: { "aws:RequestTag/cluster": "a", "elasticloadbalancing:CreateAction": "CreateRule" } };
  const context = { "aws:RequestTag/cluster": "a", "elasticloadbalancing:CreateAction": "CreateRule" };
  const tagging = (resource: string, more: Partial<Question> = {}) =>
    judge(
      asked({
        ...{ action: "elasticloadbalancing:AddTags", resource: `${elb}${resource}`, context },
        identityPolicies: [
          policy(
            "own",
            ...["loadbalancer", "listener", "listener-rule"].map((kind) =>
              allow("elasticloadbalancing:AddTags", `${elb}${kind}/app/*`, { Condition: own }),
            ),
          ),
        ],
        ...more,
      }),
    );
  const rule = "listener-rule/app/web/1/2/3";

  it.each(["loadbalancer/app/web/1", "listener/app/web/1/2", rule])("are judged: %s", async (resource) => {
    expect(await tagging(resource)).toMatchObject({ allowed: true, by: "identity policy", policy: "own" });
    expect(await tagging(resource, { context: {} })).toMatchObject({ allowed: false, explicit: false });
  });

  it.each<[string, Partial<Question>, object]>([
    ["no policy", { identityPolicies: [] }, { by: "identity policy", explicit: false }],
    ["the boundary", { boundary: policy("bounds", allow("s3:*")) }, { by: "boundary", policy: "bounds" }],
    ["the session's policy", { sessionPolicy: policy("less", allow("s3:*")) }, { by: "session policy" }],
    ["a Deny", { boundary: policy("bounds", allow("*"), deny("*")) }, { by: "boundary", explicit: true }],
  ])("are refused by %s", async (_, more, verdict) => {
    expect(await tagging(rule, more)).toMatchObject({ allowed: false, ...verdict });
  });

  it("of a target group alike", async () => {
    const groups = [policy("own", allow("elasticloadbalancing:*Tags", `${elb}targetgroup/*`))];
    expect(await tagging("targetgroup/web/1", { identityPolicies: groups })).toMatchObject({ allowed: true });
    await expect(tagging("trust/web/1")).rejects.toThrow(UnanswerableError);
  });
});

describe("kinds that stand for two, as a stage of REST and of HTTP APIs,", () => {
  const gateway = "arn:aws:apigateway:eu-west-1::";
  const own = policy("own", allow("apigateway:*", `${gateway}/restapis/own/*`));

  it.each([
    ["apigateway:POST", "/restapis/own/deployments", true],
    ["apigateway:POST", "/restapis/other/deployments", false],
    ["apigateway:POST", "/restapis/own/stages", true],
    ["apigateway:SetWebACL", "/restapis/own/stages/live", true],
    ["apigateway:SetWebACL", "/restapis/other/stages/live", false],
  ])("are judged: %s of %s", async (action, path, allowed) => {
    const verdict = await judge(asked({ action, resource: `${gateway}${path}`, identityPolicies: [own] }));
    expect(verdict).toMatchObject({ allowed, by: "identity policy" });
  });
});
