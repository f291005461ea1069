import { AssumeRoleWithWebIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { CreateOpenIDConnectProviderCommand, IAMClient } from "@aws-sdk/client-iam";
import { DescribeClusterCommand } from "@aws-sdk/client-eks";
import { clientOf } from "../eks-api/testing/landscape";
import { kinds } from "./kubernetes/kinds";
import { type RunningCluster, runCluster } from "./testing/running-cluster";

const POD = { name: "petstore", namespace: "default" };

let running: RunningCluster;

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  running = await runCluster([], ["petstore"]);
  const { cluster } = await running.eks.send(new DescribeClusterCommand({ name: running.name }));
  const iam = clientOf(IAMClient, running.aws.url);
  const Url = cluster?.identity?.oidc?.issuer;
  await iam.send(new CreateOpenIDConnectProviderCommand({ Url, ClientIDList: ["sts.amazonaws.com"] }));
  iam.destroy();
  await running.kubernetes.create(kinds.serviceAccounts, { metadata: POD });
});

afterAll(() => running.stop());

async function assume(audience: string) {
  const { token } = await running.kubernetes.token(POD, audience);
  const sts = clientOf(STSClient, running.aws.url);
  const asked = { RoleArn: running.landscape.role("petstore"), RoleSessionName: "pod", WebIdentityToken: token };
  return sts.send(new AssumeRoleWithWebIdentityCommand(asked)).finally(() => {
    sts.destroy();
  });
}

it("gives a session for a token that the cluster's own API server signed for STS, and for no other audience", async () => {
  expect((await assume("sts.amazonaws.com")).AssumedRoleUser?.Arn).toMatch(/assumed-role\/petstore\/pod$/);
  await expect(assume("kubernetes")).rejects.toMatchObject({ name: "InvalidIdentityTokenException" });
});
