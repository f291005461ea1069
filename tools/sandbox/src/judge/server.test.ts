import { request } from "node:http";
import type { Call } from "./call";
import { recordedCalls } from "./record";
import { type JudgeServer, startJudge } from "./server";

const ACCOUNT = "111122223333";
const REGION = "eu-central-1";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/test/dns`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/dns/pod`;

const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${resource}`;

function policy(name: string, ...statements: object[]) {
  return { name, document: JSON.stringify({ Version: "2012-10-17", Statement: statements }) };
}

const allowing = (Action: string, Resource = "*", Condition = {}) => ({ Effect: "Allow", Action, Resource, Condition });

const identity = {
  role: ROLE,
  session: "pod",
  tags: {},
  policies: [
    policy("own", allowing("sqs:SendMessage"), allowing("ec2:CreateSecurityGroup"), allowing("ec2:Describe*")),
  ],
  boundary: null,
  sessionPolicy: null,
};

type Asked = Partial<Omit<Call, "questions">> & { readonly questions: readonly object[] };

function called(asked: Asked): object {
  return { account: ACCOUNT, region: REGION, identity, service: "sqs", operation: "SendMessage", ...asked };
}

const queue = { arn: arn("sqs", "orders"), context: {} };
const send = (resource: object = queue) => ({ action: "sqs:SendMessage", resources: [resource], context: {} });

let judge: JudgeServer;

beforeEach(async () => {
  judge = await startJudge();
});

afterEach(() => judge.close());

async function decided(asked: Asked): Promise<unknown> {
  const answer = await fetch(`${judge.url}/judge`, { method: "POST", body: JSON.stringify(called(asked)) });
  return answer.json();
}

async function taken() {
  return recordedCalls.parse(await (await fetch(`${judge.url}/calls`)).json());
}

const message = (action: string, resource: string, why: string) =>
  `User: ${SESSION} is not authorized to perform: ${action} on resource: ${resource} ${why}`;

describe("a call that AWS refuses is refused, in its words:", () => {
  const receive = { action: "sqs:ReceiveMessage", resources: [queue], context: {} };
  const refuse = { Effect: "Deny", Principal: "*", Action: "sqs:*", Resource: queue.arn };
  const no = (kind: string, action: string) => `because no ${kind} allows the ${action} action`;
  it.each([
    ["nothing allows it", { questions: [receive] }, no("identity-based policy", "sqs:ReceiveMessage")],
    [
      "its boundary does not",
      { identity: { ...identity, boundary: policy("bounds", allowing("s3:*")) }, questions: [send()] },
      no("permissions boundary", "sqs:SendMessage"),
    ],
    [
      "its session was narrowed",
      { identity: { ...identity, sessionPolicy: policy("less", allowing("s3:*")) }, questions: [send()] },
      no("session policy", "sqs:SendMessage"),
    ],
    [
      "the queue's policy denies it",
      { questions: [send({ ...queue, policy: policy(queue.arn, refuse) })] },
      "with an explicit deny in a resource-based policy",
    ],
    [
      "it denies itself",
      {
        identity: { ...identity, policies: [policy("own", { ...allowing("sqs:*"), Effect: "Deny" })] },
        questions: [send()],
      },
      "with an explicit deny in an identity-based policy",
    ],
  ])("%s", async (_, asked, why) => {
    const action = asked.questions[0]?.action ?? "";
    expect(await decided(asked)).toMatchObject({
      outcome: "refused",
      refusal: { action, resource: queue.arn, message: message(action, queue.arn, why) },
    });
  });

  it("of an action without resources, no resource is named", async () => {
    const list = [{ action: "sqs:ListQueues", resources: [], context: {} }];
    expect(await decided({ questions: list })).toMatchObject({
      refusal: {
        message: `User: ${SESSION} is not authorized to perform: sqs:ListQueues because no identity-based policy allows the sqs:ListQueues action`,
      },
    });
  });
});

describe("a call is asked about all that it acts on:", () => {
  const vpc = { arn: arn("ec2", "vpc/vpc-1"), context: { "aws:ResourceTag/team": "shop" } };
  const ask = (statements: object[], context = {}) =>
    decided({
      ...{ service: "ec2", operation: "CreateSecurityGroup" },
      identity: { ...identity, policies: [policy("own", ...statements)] },
      questions: [{ action: "ec2:CreateSecurityGroup", resources: [vpc, queue], context }],
    });
  const made = allowing("ec2:CreateSecurityGroup", arn("ec2", "security-group/*"), {
    StringEquals: { "aws:RequestTag/cluster": "a" },
  });
  const tagged = { "aws:RequestTag/cluster": "a", "aws:TagKeys": ["cluster"] };

  it("what it names and what it makes, each with its own keys", async () => {
    const both = [
      made,
      allowing("ec2:CreateSecurityGroup", vpc.arn, { StringEquals: { "aws:ResourceTag/team": "shop" } }),
    ];
    expect(await ask(both, tagged)).toEqual({ outcome: "allowed" });
    expect(await ask(both)).toMatchObject({ refusal: { resource: arn("ec2", "security-group/new") } });
    expect(await ask([made], tagged)).toMatchObject({ refusal: { resource: vpc.arn } });
  });

  it("and every further action that it needs", async () => {
    const tag = {
      action: "ec2:CreateTags",
      resources: [{ arn: arn("ec2", "security-group/new"), context: {} }],
      context: {},
    };
    const answer = await decided({ service: "ec2", operation: "CreateVpc", questions: [send(), tag] });
    expect(answer).toMatchObject({ outcome: "refused", refusal: { action: "ec2:CreateTags" } });
  });
});

it.each([
  ["an action that AWS has not", { action: "sqs:Think", resources: [], context: {} }, /AWS has no such action/],
  ["a queue that is not known", { action: "sqs:SendMessage", resources: [], context: {} }, /queue is not known/],
  [
    "a policy that is none",
    { ...send(), resources: [{ ...queue, policy: { name: "odd", document: '{"Statement":[{"Effect":"Perhaps"}]}' } }] },
    /odd/,
  ],
])("%s is not judged, and counted with its reason", async (_, question, reason) => {
  const answer = await decided({ questions: [question] });
  expect(answer).toMatchObject({ outcome: "unjudged" });
  const [role] = (await taken()).roles;
  expect(role?.calls).toMatchObject([{ outcome: "unjudged", count: 1, writes: true }]);
  expect(role?.calls[0]?.reason).toMatch(reason);
});

it("tells who called what, what of it writes, and what was refused", async () => {
  const describe = { action: "ec2:DescribeVpcs", resources: [], context: {} };
  await decided({ questions: [send()] });
  await decided({ questions: [send()] });
  await decided({ service: "ec2", operation: "DescribeVpcs", questions: [describe] });
  await decided({ identity: { ...identity, policies: [] }, questions: [send()] });
  const { roles, refusals } = await taken();
  expect(roles).toEqual([
    {
      ...{ role: ROLE, policies: [], boundary: null },
      calls: [
        {
          service: "sqs",
          operation: "SendMessage",
          action: "sqs:SendMessage",
          writes: true,
          outcome: "allowed",
          count: 2,
        },
        {
          service: "ec2",
          operation: "DescribeVpcs",
          action: "ec2:DescribeVpcs",
          writes: false,
          outcome: "allowed",
          count: 1,
        },
        {
          service: "sqs",
          operation: "SendMessage",
          action: "sqs:SendMessage",
          writes: true,
          outcome: "refused",
          count: 1,
        },
      ],
    },
  ]);
  expect(refusals).toMatchObject([{ role: ROLE, resource: queue.arn, by: "identity policy" }]);
});

it("judges whom a role trusts, and keeps what was refused", async () => {
  const role = `arn:aws:iam::${ACCOUNT}:role/test/other`;
  const asked = {
    caller: { kind: "session", identity },
    role,
    trustPolicy: policy("", { Effect: "Allow", Principal: { AWS: ACCOUNT }, Action: "sts:AssumeRole" }).document,
    actions: ["sts:AssumeRole"],
    context: {},
  };
  const ask = async (more: object) =>
    (await fetch(`${judge.url}/trust`, { method: "POST", body: JSON.stringify({ ...asked, ...more }) })).json();
  expect(await ask({})).toMatchObject({ outcome: "refused", refusal: { by: "identity policy" } });
  expect(await ask({ caller: { kind: "service", service: "ec2.amazonaws.com" } })).toMatchObject({
    outcome: "refused",
  });
  const { roles, refusals } = await taken();
  expect(roles.map(({ calls }) => calls)).toMatchObject([
    [{ operation: "AssumeRole", outcome: "refused", count: 1 }],
    [{ operation: "AssumeRole", outcome: "refused", count: 1 }],
  ]);
  expect(refusals).toMatchObject([
    { role: ROLE, action: "sts:AssumeRole", resource: role },
    { role, action: "sts:AssumeRole", resource: role },
  ]);
});

it("says what it cannot read, and judges nothing then", async () => {
  const answer = await fetch(`${judge.url}/judge`, { method: "POST", body: "{}" });
  expect(answer.status).toBe(400);
});

it.each([
  ["a name that resolves to loopback", { Host: "attacker.example" }],
  ["another origin", { Host: "127.0.0.1", Origin: "https://attacker.example" }],
  ["another site", { Host: "127.0.0.1", "Sec-Fetch-Site": "cross-site" }],
])("answers no web page: %s", async (_, headers) => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const asked = request(`${judge.url}/calls`, { headers, setHost: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.once("error", reject);
    asked.end();
  });
  expect(status).toBe(403);
});
