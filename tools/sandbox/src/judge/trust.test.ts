import { trustPodIdentity, trustService, trustServiceAccount } from "@demarc/shared/iam";
import { decideTrust, type TrustCall } from "./trust";

const ACCOUNT = "111122223333";
const OTHER_ACCOUNT = "444455556666";
const REGION = "eu-central-1";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/demarc/test/apps/store`;
const CLUSTER = `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/test-a`;
const ISSUER = `oidc.eks.${REGION}.amazonaws.com/id/0A1B`;
const PROVIDER = `arn:aws:iam::${ACCOUNT}:oidc-provider/${ISSUER}`;

type Caller = TrustCall["caller"];
type Asked = Partial<Omit<TrustCall, "trustPolicy">>;

const allow = (Action: string, Resource = "*", Effect = "Allow") => ({
  name: Action,
  document: JSON.stringify({ Version: "2012-10-17", Statement: { Effect, Action, Resource } }),
});

/** A session of role `deploy` of an account. */
function session(policies = [allow("sts:*")], more: object = {}, account = ACCOUNT): Caller {
  const role = `arn:aws:iam::${account}:role/ci/deploy`;
  return {
    kind: "session",
    identity: { role, session: "run", tags: {}, policies, boundary: null, sessionPolicy: null, ...more },
  };
}

function user(policies = [allow("sts:*")], account = ACCOUNT): Caller {
  return { kind: "user", arn: `arn:aws:iam::${account}:user/ada`, tags: {}, policies, boundary: null };
}

const service = (name: string): Caller => ({ kind: "service", service: name });
const federated = (provider: string): Caller => ({ kind: "federated", provider });

const claims = (subject: string, audience = "sts.amazonaws.com", issuer = ISSUER) => ({
  [`${issuer}:sub`]: subject,
  [`${issuer}:aud`]: audience,
});

const SUBJECT = "system:serviceaccount:shop:store";
const POD_TAGS = {
  "eks-cluster-name": "test-a",
  "kubernetes-namespace": "shop",
  "kubernetes-service-account": "store",
};

function podSource(tags: Readonly<Record<string, string>> = POD_TAGS, arn = CLUSTER, account = ACCOUNT) {
  const requested = Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value] as const);
  return {
    "aws:SourceAccount": account,
    "aws:SourceArn": arn,
    ...Object.fromEntries(requested),
    "aws:TagKeys": Object.keys(tags),
  };
}

const trusting = (AWS: string, more: object = {}) => ({
  Effect: "Allow",
  Principal: { AWS },
  Action: ["sts:AssumeRole"],
  ...more,
});

/** What roles trust: our own trust statements, and those of a company's other roles. */
const trust = {
  irsa: trustServiceAccount({ arn: PROVIDER, issuer: ISSUER }, "shop", "store"),
  pods: trustPodIdentity({
    environment: { account: ACCOUNT, region: REGION },
    cluster: "test-a",
    namespace: "shop",
    serviceAccount: "store",
  }),
  instances: trustService("ec2.amazonaws.com"),
  account: trusting(`arn:aws:iam::${ACCOUNT}:root`),
  deployRole: trusting(`arn:aws:iam::${ACCOUNT}:role/ci/deploy`),
  otherAccount: trusting(`arn:aws:iam::${OTHER_ACCOUNT}:root`),
  withExternalId: trusting(OTHER_ACCOUNT, { Condition: { StringEquals: { "sts:ExternalId": "secret" } } }),
  namedSessions: trusting(ACCOUNT, { Condition: { StringLike: { "sts:RoleSessionName": "ci-*" } } }),
  taggedCallers: trusting(ACCOUNT, { Condition: { StringEquals: { "aws:PrincipalTag/team": "shop" } } }),
  nobody: trusting(ACCOUNT, { Effect: "Deny" }),
  broken: { Effect: "Allow", Action: "sts:AssumeRole" },
};

const WEB: Asked = {
  caller: federated(PROVIDER),
  actions: ["sts:AssumeRoleWithWebIdentity"],
  context: claims(SUBJECT),
};
const PODS: Asked = {
  caller: service("pods.eks.amazonaws.com"),
  actions: ["sts:AssumeRole", "sts:TagSession"],
  context: podSource(),
};

const decide = (by: keyof typeof trust, asked: Asked) =>
  decideTrust({
    caller: session(),
    role: ROLE,
    trustPolicy: JSON.stringify({ Version: "2012-10-17", Statement: [trust[by]] }),
    actions: ["sts:AssumeRole"],
    context: {},
    ...asked,
  });

const taken: readonly (readonly [name: string, by: keyof typeof trust, asked: Asked])[] = [
  ["the service account that a role is for, by its token", "irsa", WEB],
  ["the service account that a role is for, by EKS Pod Identity", "pods", PODS],
  ["instances", "instances", { caller: service("ec2.amazonaws.com") }],
  ["a role of the account, whose policies allow it", "account", {}],
  ["a user of the account, whose policies allow it", "account", { caller: user() }],
  ["a role that is named, without a policy of its own", "deployRole", { caller: session([]) }],
  ["another account's role, with both sides' leave", "otherAccount", { caller: session(undefined, {}, OTHER_ACCOUNT) }],
  [
    "another account's user with the external id",
    "withExternalId",
    { caller: user(undefined, OTHER_ACCOUNT), context: { "sts:ExternalId": "secret" } },
  ],
  ["a session of the right name", "namedSessions", { context: { "sts:RoleSessionName": "ci-1" } }],
  ["a caller with the right tag", "taggedCallers", { caller: session(undefined, { tags: { team: "shop" } }) }],
];

it.each(taken)("gives a session to %s", (_, by, asked) => {
  expect(decide(by, asked)).toEqual({ outcome: "allowed" });
});

type Row = readonly [name: string, by: keyof typeof trust, asked: Asked];

const byTrust: readonly Row[] = [
  [
    "a token of another namespace's service account",
    "irsa",
    { ...WEB, context: claims("system:serviceaccount:pets:store") },
  ],
  ["a token of another service account", "irsa", { ...WEB, context: claims("system:serviceaccount:shop:default") }],
  ["a token whose subject begins as the right one", "irsa", { ...WEB, context: claims(`${SUBJECT}-2`) }],
  ["a token with a star for a subject", "irsa", { ...WEB, context: claims("system:serviceaccount:shop:*") }],
  ["a token for another audience", "irsa", { ...WEB, context: claims(SUBJECT, "kubernetes") }],
  ["a token of another issuer", "irsa", { ...WEB, caller: federated(`${PROVIDER}2`) }],
  [
    "a token of another issuer with its own claims",
    "irsa",
    { ...WEB, caller: federated(`${PROVIDER}2`), context: claims(SUBJECT, "sts.amazonaws.com", `${ISSUER}2`) },
  ],
  [
    "a token of the same issuer, registered in another account",
    "irsa",
    { ...WEB, caller: federated(PROVIDER.replace(ACCOUNT, OTHER_ACCOUNT)) },
  ],
  ["a token without claims", "irsa", { ...WEB, context: {} }],
  ["a role of the account, for a role of pods with tokens", "irsa", {}],
  ["EKS Pod Identity, for a role of tokens", "irsa", PODS],
  ["Pod Identity of another account", "pods", { ...PODS, context: podSource(POD_TAGS, CLUSTER, OTHER_ACCOUNT) }],
  ["Pod Identity of another cluster", "pods", { ...PODS, context: podSource(POD_TAGS, `${CLUSTER}2`) }],
  [
    "Pod Identity of a cluster of the same name in another region",
    "pods",
    { ...PODS, context: podSource(POD_TAGS, CLUSTER.replace(REGION, "eu-west-1")) },
  ],
  [
    "Pod Identity for another namespace",
    "pods",
    { ...PODS, context: podSource({ ...POD_TAGS, "kubernetes-namespace": "pets" }) },
  ],
  [
    "Pod Identity for another service account",
    "pods",
    { ...PODS, context: podSource({ ...POD_TAGS, "kubernetes-service-account": "default" }) },
  ],
  ["Pod Identity without session tags", "pods", { ...PODS, actions: ["sts:AssumeRole"], context: podSource({}) }],
  ["Pod Identity that says no source", "pods", { ...PODS, context: {} }],
  ["another service that names the cluster", "pods", { ...PODS, caller: service("lambda.amazonaws.com") }],
  ["a role of the account that calls itself Pod Identity's source", "pods", { ...PODS, caller: session() }],
  ["a token, for a role of Pod Identity", "pods", WEB],
  ["a role of the account, for a role of instances", "instances", {}],
  ["tags of a session, for a role that takes none", "account", { actions: ["sts:AssumeRole", "sts:TagSession"] }],
  [
    "a source identity, for a role that takes none",
    "account",
    { actions: ["sts:AssumeRole", "sts:SetSourceIdentity"] },
  ],
  ["a role that is not the one named", "deployRole", { caller: session(undefined, { role: `${ROLE}-2` }) }],
  [
    "a role of the same name in another account",
    "deployRole",
    { caller: session(undefined, { role: `arn:aws:iam::${OTHER_ACCOUNT}:role/ci/deploy` }) },
  ],
  ["a user, where a role is named", "deployRole", { caller: user() }],
  ["another account's role", "account", { caller: session(undefined, {}, OTHER_ACCOUNT) }],
  ["a role of the account, where another account is trusted", "otherAccount", {}],
  ["another account without the external id", "withExternalId", { caller: user(undefined, OTHER_ACCOUNT) }],
  [
    "another account with another external id",
    "withExternalId",
    { caller: user(undefined, OTHER_ACCOUNT), context: { "sts:ExternalId": "guess" } },
  ],
  ["a session of another name", "namedSessions", { context: { "sts:RoleSessionName": "ada" } }],
  ["a caller with another team's tag", "taggedCallers", { caller: session(undefined, { tags: { team: "pets" } }) }],
  [
    "a caller that asks for the tag it lacks",
    "taggedCallers",
    { context: { "aws:RequestTag/team": "shop", "aws:TagKeys": ["team"] } },
  ],
  ["whom the role denies", "nobody", {}],
  ["anybody, by a policy that names nobody", "broken", {}],
];

const byItsOwn: readonly (readonly [name: string, refuser: string, by: keyof typeof trust, asked: Asked])[] = [
  ["a role without a policy, where the account is trusted", "identity policy", "account", { caller: session([]) }],
  ["a user without a policy, where the account is trusted", "identity policy", "account", { caller: user([]) }],
  ["a role that may assume others", "identity policy", "account", { caller: session([allow("sts:*", `${ROLE}-2`)]) }],
  [
    "a role that is denied it, where it is named",
    "identity policy",
    "deployRole",
    { caller: session([allow("sts:*"), allow("sts:*", "*", "Deny")]) },
  ],
  [
    "another account's role without a policy",
    "identity policy",
    "otherAccount",
    { caller: session([], {}, OTHER_ACCOUNT) },
  ],
  [
    "a role whose boundary has no sts",
    "boundary",
    "account",
    { caller: session(undefined, { boundary: allow("s3:*") }) },
  ],
  [
    "a session that was narrowed to less",
    "session policy",
    "account",
    { caller: session(undefined, { sessionPolicy: allow("s3:*") }) },
  ],
];

it.each(byTrust)("a session of a role, asked for by %s, is refused by its trust policy", (_, by, asked) => {
  expect(decide(by, asked)).toMatchObject({
    outcome: "refused",
    refusal: { resource: ROLE, by: "resource policy", policy: `trust policy of ${ROLE}` },
  });
});

it.each(byItsOwn.map(([name, refuser, by, asked]) => ({ name, refuser, by, asked })))(
  "a session of a role, asked for by $name, is refused by its own $refuser",
  ({ refuser, by, asked }) => {
    expect(decide(by, asked)).toMatchObject({ outcome: "refused", refusal: { resource: ROLE, by: refuser } });
  },
);

it("refuses in the words of STS, which name the action that was refused", () => {
  const user = `User: arn:aws:sts::${ACCOUNT}:assumed-role/deploy/run`;
  const messageOf = (by: keyof typeof trust, asked: Asked) => {
    const decision = decide(by, asked);
    return decision.outcome === "refused" ? decision.refusal.message : undefined;
  };
  expect(messageOf("account", { actions: ["sts:AssumeRole", "sts:TagSession"] })).toBe(
    `${user} is not authorized to perform: sts:TagSession on resource: ${ROLE}`,
  );
  expect(messageOf("irsa", {})).toBe(`${user} is not authorized to perform: sts:AssumeRole on resource: ${ROLE}`);
  expect(messageOf("irsa", { ...WEB, context: {} })).toBe("Not authorized to perform sts:AssumeRoleWithWebIdentity");
});
