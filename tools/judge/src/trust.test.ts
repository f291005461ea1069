import { judgeTrust, UnanswerableError, type TrustQuestion } from "./index";

const account = "111122223333";
const role = `arn:aws:iam::${account}:role/demarc/test/app/x`;
const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";
const provider = `arn:aws:iam::${account}:oidc-provider/${issuer}`;
const cluster = `arn:aws:eks:eu-west-1:${account}:cluster/a`;

const trust = (statement: object) => ({
  name: "trust",
  policy: { Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] },
});

describe("web identity", () => {
  const trustPolicy = trust({
    Principal: { Federated: provider },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: { [`${issuer}:sub`]: "system:serviceaccount:pets:x", [`${issuer}:aud`]: "sts.amazonaws.com" },
    },
  });
  const claims = { [`${issuer}:sub`]: "system:serviceaccount:pets:x", [`${issuer}:aud`]: "sts.amazonaws.com" };
  const asked = (more: Partial<TrustQuestion>): TrustQuestion => ({
    role,
    trustPolicy,
    principal: { kind: "federated", provider },
    action: "sts:AssumeRoleWithWebIdentity",
    context: claims,
    ...more,
  });

  it.each<[string, Partial<TrustQuestion>, boolean]>([
    ["the service account itself", {}, true],
    ["another service account", { context: { ...claims, [`${issuer}:sub`]: "system:serviceaccount:shop:x" } }, false],
    ["another audience", { context: { ...claims, [`${issuer}:aud`]: "other" } }, false],
    ["no claims", { context: {} }, false],
    ["another issuer", { principal: { kind: "federated", provider: `${provider}D` } }, false],
    ["another action", { action: "sts:AssumeRole" }, false],
  ])("of %s", (_, more, allowed) => {
    expect(judgeTrust(asked(more))).toMatchObject({ allowed });
  });

  it("says which statement trusts", () => {
    expect(judgeTrust(asked({}))).toMatchObject({ policy: "trust", statement: "#1" });
  });
});

describe("pod identity", () => {
  const trustPolicy = trust({
    Sid: "Pods",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: { StringEquals: { "aws:SourceAccount": account }, ArnEquals: { "aws:SourceArn": cluster } },
  });
  const asked = (more: Partial<TrustQuestion>): TrustQuestion => ({
    role,
    trustPolicy,
    principal: { kind: "service", service: "pods.eks.amazonaws.com" },
    action: "sts:TagSession",
    context: { "aws:SourceAccount": account, "aws:SourceArn": cluster },
    ...more,
  });

  it.each<[string, Partial<TrustQuestion>, boolean]>([
    ["this cluster", {}, true],
    ["another cluster", { context: { "aws:SourceAccount": account, "aws:SourceArn": `${cluster}b` } }, false],
    ["another service", { principal: { kind: "service", service: "ec2.amazonaws.com" } }, false],
    ["an action that is not trusted", { action: "sts:SetSourceIdentity" }, false],
  ])("of %s", (_, more, allowed) => {
    expect(judgeTrust(asked(more))).toMatchObject({ allowed });
  });
});

describe("another role", () => {
  const other = { kind: "session", roleArn: `arn:aws:iam::${account}:role/deploy` } as const;
  const may = {
    name: "may",
    policy: { Version: "2012-10-17", Statement: { Effect: "Allow", Action: "sts:AssumeRole", Resource: "*" } },
  };

  it.each([
    ["that is named", other.roleArn, [], true],
    ["of an account that is named, which its own policies let", account, [may], true],
    ["of an account that is named, which its own policies do not let", account, [], false],
    ["that is not named", `arn:aws:iam::${account}:role/else`, [may], false],
  ])("%s", (_, named, identityPolicies, allowed) => {
    const trustPolicy = trust({ Principal: { AWS: named }, Action: "sts:AssumeRole" });
    const verdict = judgeTrust({ role, trustPolicy, principal: other, action: "sts:AssumeRole", identityPolicies });
    expect(verdict).toMatchObject({ allowed });
  });
});

describe("a refusal says which policy it is:", () => {
  const principal = { kind: "session", roleArn: `arn:aws:iam::${account}:role/deploy` } as const;
  const policy = (Effect: string, Action: string, Resource = "*") => ({
    name: Action,
    policy: { Version: "2012-10-17", Statement: { Effect, Action, Resource } },
  });
  const may = policy("Allow", "sts:*");
  const never = policy("Deny", "sts:AssumeRole");
  const nothing = policy("Allow", "s3:*");

  it.each<[string, Partial<TrustQuestion>, object]>([
    ["none of its own allows", { identityPolicies: [nothing] }, { by: "identity policy", explicit: false }],
    ["one of its own denies", { identityPolicies: [may, never] }, { by: "identity policy", explicit: true }],
    [
      "its own are for other roles",
      { identityPolicies: [policy("Allow", "sts:*", `${role}2`)] },
      { by: "identity policy" },
    ],
    ["its boundary", { identityPolicies: [may], boundary: nothing }, { by: "boundary", explicit: false }],
    ["what it was narrowed to", { identityPolicies: [may], sessionPolicy: nothing }, { by: "session policy" }],
    [
      "none of the trust",
      { identityPolicies: [may], action: "sts:TagSession" },
      { by: "resource policy", policy: "trust" },
    ],
  ])("%s", (_, more, verdict) => {
    const trustPolicy = trust({ Principal: { AWS: account }, Action: "sts:AssumeRole" });
    const asked = { role, trustPolicy, principal, action: "sts:AssumeRole" as const, ...more };
    expect(judgeTrust(asked)).toMatchObject({ allowed: false, ...verdict });
  });
});

describe("a user", () => {
  const user = { kind: "user", arn: `arn:aws:iam::${account}:user/ops/ada`, tags: { team: "ops" } } as const;
  const asked = (Principal: object, Condition = {}) =>
    judgeTrust({
      ...{ role, principal: user, action: "sts:AssumeRole" as const },
      trustPolicy: trust({ Principal, Action: "sts:AssumeRole", Condition }),
    }).allowed;

  it("is trusted by its ARN, its name and its tags", () => {
    const itself = { AWS: user.arn };
    expect(asked(itself)).toBe(true);
    expect(asked(itself, { StringEquals: { "aws:username": "ada", "aws:PrincipalTag/team": "ops" } })).toBe(true);
    expect(asked(itself, { StringEquals: { "aws:PrincipalTag/team": "shop" } })).toBe(false);
    expect(asked({ AWS: `arn:aws:iam::${account}:user/ada` })).toBe(false);
  });

  it("has no ARN of another kind", () => {
    const principal = { kind: "user", arn: role } as const;
    const trustPolicy = trust({ Principal: "*", Action: "sts:AssumeRole" });
    expect(() => judgeTrust({ role, trustPolicy, principal, action: "sts:AssumeRole" })).toThrow(
      "not the ARN of a user",
    );
  });
});

it("lets a Deny say which it is", () => {
  const policy = {
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole" },
      { Sid: "Never", Effect: "Deny", Principal: "*", Action: "sts:AssumeRole" },
    ],
  };
  const principal = { kind: "service", service: "ec2.amazonaws.com" } as const;
  expect(judgeTrust({ role, trustPolicy: { name: "t", policy }, principal, action: "sts:AssumeRole" })).toEqual({
    allowed: false,
    explicit: true,
    by: "resource policy",
    policy: "t",
    statement: "Never",
    ignoredKeys: [],
  });
});

it("refuses a trust policy that AWS would not take", () => {
  const trustPolicy = trust({ Principal: "*", Action: "sts:AssumeRole", Resource: "*" });
  const principal = { kind: "service", service: "ec2.amazonaws.com" } as const;
  expect(() => judgeTrust({ role, trustPolicy, principal, action: "sts:AssumeRole" })).toThrow(UnanswerableError);
});
