import { type Environment } from "@demarc/shared/environment";
import { dev, devReachedBy } from "@demarc/shared/testing";
import { accessStack, APPS, delivererIn, everyRole, WORKSPACES } from "../testing/access";

const stack = accessStack();
const deployer = (workspace: string) => delivererIn(stack, dev, workspace, "deploy");
const planner = (workspace: string) => delivererIn(stack, dev, workspace, "plan");

const role = (name: string) => `arn:aws:iam::123456789012:role/demarc/dev/${name}`;
const policy = (name: string) => `arn:aws:iam::123456789012:policy/demarc/${name}`;
const stored = (key: string) => `arn:aws:s3:::demarc-state-123456789012-ap-northeast-1/${key}`;
const boundaryOf = (of: string) => ({ "iam:PermissionsBoundary": policy(`demarc-ap-northeast-1-${of}`) });

/** Each workspace with what is its own alone. */
const owned = [
  {
    workspace: "infra",
    boundary: "infra",
    team: "infra",
    states: ["dev/infra/network.tfstate", "dev/a/infra/cluster.tfstate"],
  },
  {
    workspace: "k8s-platform",
    boundary: "k8s-platform",
    team: "platform",
    states: ["dev/a/k8s-platform/tenancy.tfstate"],
  },
  { workspace: "cats", boundary: "apps-pets", team: "pets", states: ["dev/a/apps/cats.tfstate"] },
  { workspace: "store", boundary: "apps-shop", team: "shop", states: ["dev/a/apps/store.tfstate"] },
];

/** What whoever deploys a workspace writes, and nobody else does. */
const writes = owned.flatMap(({ workspace, boundary, team, states }) => {
  const bounded = boundaryOf(boundary);
  const own = role(`${workspace}/any`);
  const all: [action: string, resource: string, context?: Readonly<Record<string, string>>][] = [
    ["iam:CreateRole", own, { ...bounded, "aws:RequestTag/team": team }],
    ["iam:PutRolePolicy", own, bounded],
    ["iam:UpdateAssumeRolePolicy", own],
    ["iam:DeleteRole", own],
    ...states.flatMap((state): typeof all => [
      ["s3:PutObject", stored(state)],
      ["s3:PutObject", stored(`${state}.tflock`)],
      ["s3:DeleteObject", stored(`${state}.tflock`)],
    ]),
    ["s3:PutObject", stored(`plans/dev/${workspace}/dev-any/0123`)],
    ["s3:PutObject", stored(`plans/dev/${workspace}/reviewed/0123.json`)],
    ["s3:PutObject", stored(`deployed/dev/${workspace}.json`)],
  ];
  return all.map(([action, resource, context = {}]) => ({ workspace, action, resource, context }));
});

describe("the role that deploys a workspace", () => {
  it.each(writes)("of $workspace may $action on $resource", async ({ workspace, action, resource, context }) => {
    await expect(deployer(workspace)).toAllow(action, resource, context);
  });

  it.each(writes)(
    "of any workspace but $workspace: $action on $resource is refused by the role that deploys",
    async ({ workspace, action, resource, context }) => {
      for (const other of WORKSPACES.filter((each) => each !== workspace))
        await expect(deployer(other)).toRefuse(action, resource, context);
    },
  );

  it.each(owned)("of $workspace deletes no state", async ({ workspace, states }) => {
    for (const state of states) await expect(deployer(workspace)).toRefuse("s3:DeleteObject", stored(state));
  });

  it.each(owned)(
    "of $workspace makes no role without its boundary and its team's tag",
    async ({ workspace, boundary, team }) => {
      const tag = { "aws:RequestTag/team": team };
      const own = role(`${workspace}/any`);
      await expect(deployer(workspace)).toRefuse("iam:CreateRole", own, tag);
      await expect(deployer(workspace)).toRefuse("iam:CreateRole", own, { ...boundaryOf("delivery"), ...tag });
      await expect(deployer(workspace)).toRefuse("iam:CreateRole", own, {
        ...boundaryOf(boundary),
        "aws:RequestTag/team": "x",
      });
      await expect(deployer(workspace)).toRefuse("iam:TagRole", own, {
        "aws:RequestTag/team": "x",
        "aws:TagKeys": ["team"],
      });
    },
  );

  it("reads the states of the producers that its workspace may consume of, and no others", async () => {
    for (const reader of ["k8s-platform", "cats", "store"])
      await expect(deployer(reader)).toAllow("s3:GetObject", stored("dev/infra/network.tfstate"));
    for (const reader of ["cats", "store"])
      await expect(deployer(reader)).toAllow("s3:GetObject", stored("dev/a/k8s-platform/tenancy.tfstate"));
    await expect(deployer("cats")).toRefuse("s3:GetObject", stored("dev/a/apps/store.tfstate"));
    await expect(deployer("cats")).toRefuse("s3:GetObject", stored("dev/a/k8s-platform/addons.tfstate"));
    await expect(deployer("infra")).toRefuse("s3:GetObject", stored("dev/a/apps/cats.tfstate"));
    await expect(deployer("infra")).toRefuse("s3:GetObject", stored("dev/a/k8s-platform/tenancy.tfstate"));
  });

  it("has nothing of another environment's states, plans and records", async () => {
    for (const key of [
      "prod/infra/network.tfstate",
      "plans/prod/infra/x",
      "plans/prod/_manifests/0.json",
      "deployed/prod/infra.json",
    ])
      for (const action of ["s3:GetObject", "s3:PutObject"])
        await expect(deployer("infra")).toRefuse(action, stored(key));
  });

  it("hands infra's roles to the services that they are for, and nobody else's", async () => {
    const toEks = { "iam:PassedToService": "eks.amazonaws.com" };
    await expect(deployer("infra")).toAllow("iam:PassRole", role("infra/dev-a"), toEks);
    await expect(deployer("infra")).toRefuse("iam:PassRole", role("infra/dev-a"), {
      "iam:PassedToService": "lambda.amazonaws.com",
    });
    await expect(deployer("infra")).toRefuse("iam:PassRole", role("access/dev-infra-deploy"), toEks);
    await expect(deployer("infra")).toRefuse("iam:PassRole", role("cats/any"), toEks);
    await expect(deployer("cats")).toRefuse("iam:PassRole", role("cats/any"), toEks);
  });

  it("makes the roles of pods on Fargate, which have no path, where a cluster is on Fargate", async () => {
    const fargate = "arn:aws:iam::123456789012:role/dev-a-fargate-pods";
    const context = { ...boundaryOf("infra"), "aws:RequestTag/team": "infra" };
    const environment: Environment = { ...dev, clusters: { a: { version: "1.35", compute: { kind: "fargate" } } } };
    const onFargate = delivererIn(accessStack(environment), environment, "infra", "deploy");
    await expect(onFargate).toAllow("iam:CreateRole", fargate, context);
    await expect(onFargate).toRefuse("iam:CreateRole", fargate, { "aws:RequestTag/team": "infra" });
    await expect(deployer("infra")).toRefuse("iam:CreateRole", fargate, context);
  });

  it("gets what REST APIs need where apps are reached by them, and nowhere else", async () => {
    const api = "arn:aws:apigateway:ap-northeast-1::/restapis";
    const behindApis = devReachedBy({ kind: "api-gateway", loadBalancer: "service" });
    await expect(delivererIn(accessStack(behindApis), behindApis, "cats", "deploy")).toAllow("apigateway:POST", api);
    await expect(deployer("cats")).toRefuse("apigateway:POST", api);
  });
});

/** What would let a deploy change what it may do. */
const escalations: readonly (readonly [action: string, resource: string])[] = [
  ...["infra", "k8s-platform", "cats", "store"].flatMap((workspace) =>
    [
      "iam:AttachRolePolicy",
      "iam:CreateRole",
      "iam:DeleteRole",
      "iam:DeleteRolePermissionsBoundary",
      "iam:PassRole",
      "iam:PutRolePermissionsBoundary",
      "iam:PutRolePolicy",
      "iam:UpdateAssumeRolePolicy",
    ].map((action) => [action, role(`access/dev-${workspace}-deploy`)] as const),
  ),
  ["iam:CreatePolicyVersion", policy("dev/access/dev-infra-deploy-1")],
  ["iam:DeletePolicy", policy("dev/access/dev-infra-deploy-1")],
  ["iam:CreatePolicyVersion", policy("demarc-ap-northeast-1-delivery")],
  ["iam:CreatePolicyVersion", policy("demarc-ap-northeast-1-apps-pets")],
  [
    "iam:UpdateOpenIDConnectProviderThumbprint",
    "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
  ],
  ["sts:AssumeRole", role("access/dev-infra-deploy")],
  ["s3:PutObject", stored("dev/infra/access.tfstate")],
  ["s3:PutObject", stored("dev/infra/access.tfstate.tflock")],
  ["s3:PutObject", stored("account/infra/account.tfstate")],
  ["s3:PutBucketPolicy", "arn:aws:s3:::demarc-state-123456789012-ap-northeast-1"],
];

describe("no role that plans or deploys", () => {
  it.each(escalations)("may %s: on %s, refused by the policies of the stack access", async (action, resource) => {
    const boundaries = ["infra", "k8s-platform", "apps-pets", "apps-shop", "delivery"].map(boundaryOf);
    for (const [workspace, step] of everyRole)
      for (const context of boundaries)
        await expect(delivererIn(stack, dev, workspace, step)).toRefuse(action, resource, context);
  });
});

describe("the role that plans a workspace", () => {
  it.each(writes.filter(({ resource }) => !resource.includes("/plans/")))(
    "of $workspace: $action on $resource is refused by the role that plans",
    async ({ workspace, action, resource, context }) => {
      await expect(planner(workspace)).toRefuse(action, resource, context);
    },
  );

  it.each(owned)(
    "of $workspace reads its states, looks at their locks, and saves plans",
    async ({ workspace, states }) => {
      for (const state of states) {
        await expect(planner(workspace)).toAllow("s3:GetObject", stored(state));
        await expect(planner(workspace)).toAllow("s3:GetObject", stored(`${state}.tflock`));
      }
      for (const action of ["s3:GetObject", "s3:PutObject"]) {
        await expect(planner(workspace)).toAllow(action, stored(`plans/dev/${workspace}/dev-any/0123`));
        await expect(planner(workspace)).toAllow(action, stored("plans/dev/_manifests/0123.json"));
      }
      await expect(planner(workspace)).toRefuse("s3:GetObject", stored("plans/dev/another/dev-any/0123"));
    },
  );

  it("encrypts what it saves with the key of the states, by way of S3 alone", async () => {
    const key = "arn:aws:kms:ap-northeast-1:123456789012:key/1";
    const alias = { "kms:ResourceAliases": ["alias/demarc-state"] };
    const byS3 = { "kms:ViaService": "s3.ap-northeast-1.amazonaws.com" };
    await expect(planner("cats")).toAllow("kms:GenerateDataKey", key, { ...alias, ...byS3 });
    await expect(planner("cats")).toRefuse("kms:GenerateDataKey", key, alias);
    await expect(planner("cats")).toRefuse("kms:Decrypt", key, { ...byS3, "kms:ResourceAliases": ["alias/other"] });
  });

  it("may look whether the bucket, and an object of its environment, is there", async () => {
    const bucket = "arn:aws:s3:::demarc-state-123456789012-ap-northeast-1";
    await expect(planner("cats")).toAllow("s3:ListBucket", bucket);
    await expect(planner("cats")).toAllow("s3:ListBucket", bucket, { "s3:prefix": "dev/infra" });
    await expect(planner("cats")).toRefuse("s3:ListBucket", bucket, { "s3:prefix": "prod/infra" });
  });
});

it.each(everyRole)("the role of %s, to %s, has the boundary and path of its kind", (workspace, step) => {
  const made = stack.resources("aws_iam_role").find(({ name }) => name === `dev-${workspace}-${step}`);
  expect(made).toMatchObject({
    path: "/demarc/dev/access/",
    permissions_boundary: policy("demarc-ap-northeast-1-delivery"),
  });
});

it("fits what AWS takes for a hundred apps with the longest names", () => {
  const name = "environment-16-c";
  const apps = Array.from({ length: 100 }, (_, at) => ({
    ...{ name: `app-${String(at)}`.padEnd(30, "x"), team: "a-team-of-20-letters", hostnames: [] },
  }));
  const compute = { kind: "managed-nodes" } as const;
  const long = devReachedBy({ kind: "api-gateway", loadBalancer: "service", waf: true });
  const environment: Environment = {
    ...{ ...long, name, clusters: { aaaa: { version: "1.35", compute }, bbbb: { version: "1.35", compute } } },
    teams: { ...dev.teams, "a-team-of-20-letters": { roles: ["team/x"] } },
  };
  const made = accessStack(environment, apps);
  expect(made.resources("aws_iam_role")).toHaveLength(204);
  for (const { name: of, policy: text } of made.resources("aws_iam_policy")) {
    expect(String(text).replace(/\s/g, "").length).toBeLessThanOrEqual(6144);
    expect(String(of).length).toBeLessThanOrEqual(128);
  }
  const attached = made.resources("aws_iam_role_policy_attachment").map(({ role: of }) => String(of));
  const most = Math.max(...[...new Set(attached)].map((of) => attached.filter((each) => each === of).length));
  expect(most).toBeLessThanOrEqual(10);
});

it("tells each role that would have more policies than AWS takes, and what can be done", () => {
  const clusters = Object.fromEntries(
    Array.from({ length: 400 }, (_, at) => [
      `c${String(at)}`,
      { version: "1.35", compute: { kind: "managed-nodes" as const } },
    ]),
  );
  expect(() => accessStack({ ...dev, clusters }, APPS)).toThrow(
    /dev-access is not valid.*\n {2}infra-plan: the role needs \d+ policies, of which the longest has \d+ characters, and AWS takes 10 of 6144 at most; give the environment fewer clusters/,
  );
});
