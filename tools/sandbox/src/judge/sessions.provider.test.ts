import { CreateAccessKeyCommand, CreateRoleCommand, CreateUserCommand, IAMClient } from "@aws-sdk/client-iam";
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from "@aws-sdk/client-sts";
import { trustPodIdentity, type TrustStatement } from "@demarc/shared/iam";
import type { ActorCluster } from "../controllers/actor";
import { assumeForPod } from "../controllers/pod-identity";
import type { SessionTags } from "../controllers/service-session";
import { ClusterRecord, type StoredCluster } from "../eks-api/store";
import { ACCOUNT_ID, clientOf, REGION } from "../eks-api/testing/landscape";
import { recordedCalls } from "./record";
import { type JudgedAws, startJudgedAws } from "./testing/judged-aws";

/** Sessions that STS gives of roles, with the local AWS and the judge as the sandbox runs them. */
let aws: JudgedAws;

const roleArn = (name: string) => `arn:aws:iam::${ACCOUNT_ID}:role/${name}`;

const trusting = (AWS: string, more: object = {}): TrustStatement => ({
  Effect: "Allow",
  Principal: { AWS },
  Action: ["sts:AssumeRole"],
  ...more,
});

const environment = { account: ACCOUNT_ID, region: REGION };
const forStore = trustPodIdentity({ environment, cluster: "a", namespace: "shop", serviceAccount: "store" });
const ROLES: Readonly<Record<string, TrustStatement>> = {
  deploy: trusting(ACCOUNT_ID),
  pods: forStore,
  named: trusting(roleArn("deploy")),
  tagged: trusting(ACCOUNT_ID, { Action: ["sts:AssumeRole", "sts:TagSession"] }),
  external: trusting(ACCOUNT_ID, { Condition: { StringEquals: { "sts:ExternalId": "secret" } } }),
  foreign: trusting("210987654321"),
  untagged: { ...forStore, Action: ["sts:AssumeRole"] },
  ofEks: { ...forStore, Principal: { Service: "eks.amazonaws.com" } },
};

beforeAll(async () => {
  aws = await startJudgedAws();
  const iam = clientOf(IAMClient, aws.url);
  for (const [RoleName, statement] of Object.entries(ROLES)) {
    const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  }
  await iam.send(new CreateUserCommand({ UserName: "ada" }));
  iam.destroy();
});

afterAll(async () => {
  await aws.stop();
});

type Asked = Partial<AssumeRoleCommandInput>;

async function assume(role: string, asked: Asked = {}, credentials = { accessKeyId: "none", secretAccessKey: "none" }) {
  const sts = new STSClient({ endpoint: aws.url, region: REGION, credentials });
  const command = new AssumeRoleCommand({ RoleArn: roleArn(role), RoleSessionName: "run", ...asked });
  const { Credentials } = await sts.send(command).finally(() => sts.destroy());
  const { AccessKeyId = "", SecretAccessKey = "", SessionToken = "" } = Credentials ?? {};
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
}

async function asRole(name: string, role: string, asked?: Asked) {
  return assume(role, asked, await assume(name));
}

async function asUser(role: string) {
  const iam = clientOf(IAMClient, aws.url);
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: "ada" })).finally(() => iam.destroy());
  const { AccessKeyId = "", SecretAccessKey = "" } = AccessKey ?? {};
  return assume(role, {}, { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey });
}

const TAGS = { "eks-cluster-name": "a", "kubernetes-namespace": "shop", "kubernetes-service-account": "store" };

function asPod(role: string, tags: SessionTags = TAGS, name = "a", accountId = ACCOUNT_ID) {
  const arn = `arn:aws:eks:${REGION}:${accountId}:cluster/${name}`;
  const record = new ClusterRecord({ name, arn } as StoredCluster, roleArn("deploy"));
  const cluster: ActorCluster = { name, region: REGION, accountId, awsEndpoint: aws.url, record };
  return assumeForPod(cluster, { RoleArn: roleArn(role), RoleSessionName: "pod" }, tags);
}

const TAG = { Tags: [{ Key: "team", Value: "shop" }] };

it.each<[name: string, ask: () => Promise<unknown>]>([
  ["an administrator, by the account's name", () => assume("deploy")],
  ["a role that is named, without a policy of its own", () => asRole("deploy", "named")],
  ["an administrator with tags, where they are trusted", () => assume("tagged", TAG)],
  ["an administrator with the external id", () => assume("external", { ExternalId: "secret" })],
  ["EKS, for the service account that is trusted", () => asPod("pods")],
])("gives a session to %s", async (_, ask) => {
  await expect(ask()).resolves.toBeDefined();
});

it.each<[name: string, ask: () => Promise<unknown>]>([
  ["an administrator, of a role of pods", () => assume("pods")],
  ["an administrator, of a role of another account's", () => assume("foreign")],
  ["an administrator, of a role of one role's", () => assume("named")],
  ["a role without a policy, of a role of the account's", () => asRole("deploy", "tagged")],
  ["a role of deploys, of a role of pods", () => asRole("deploy", "pods")],
  ["a user without a policy", () => asUser("deploy")],
  ["a user, of a role of one role's", () => asUser("named")],
  ["an administrator with tags, where they are not trusted", () => assume("deploy", TAG)],
  ["an administrator without the external id", () => assume("external")],
  ["an administrator with another external id", () => assume("external", { ExternalId: "guess" })],
  ["EKS, of a role of the account's", () => asPod("deploy")],
  ["EKS, for another namespace", () => asPod("pods", { ...TAGS, "kubernetes-namespace": "pets" })],
  ["EKS, for another service account", () => asPod("pods", { ...TAGS, "kubernetes-service-account": "default" })],
  ["EKS, without tags", () => asPod("pods", {})],
  ["EKS, with tags, where it may give none", () => asPod("untagged")],
  ["EKS, where another service of it is trusted", () => asPod("ofEks")],
  ["EKS, for another cluster that says this one's name", () => asPod("pods", TAGS, "b")],
  ["EKS, for another account's cluster", () => asPod("pods", TAGS, "a", "210987654321")],
  ["anybody, of a role that is not there", () => assume("none")],
])("a session, asked of STS by %s, is refused by AccessDenied", async (_, ask) => {
  await expect(ask()).rejects.toMatchObject({ name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
});

it("keeps who was refused at Pod Identity, under the role that was asked for", async () => {
  await expect(asPod("pods", {})).rejects.toThrow();
  const { roles, refusals } = recordedCalls.parse(await (await fetch(`${aws.judgeUrl}/calls`)).json());
  const kept = refusals.find(({ role }) => role === roleArn("pods"));
  expect(kept).toMatchObject({ action: "sts:AssumeRole", resource: roleArn("pods"), by: "resource policy" });
  expect(roles.find(({ role }) => role === roleArn("pods"))?.calls).toContainEqual(
    expect.objectContaining({ operation: "AssumeRole", outcome: "refused" }),
  );
});
