import {
  DescribeClusterCommand,
  DescribeFargateProfileCommand,
  EKSClient,
  ListAddonsCommand,
  ListNodegroupsCommand,
} from "@aws-sdk/client-eks";
import { stackOfKind } from "@demarc/infra/src/testing/cluster";
import { type EksApi, startEksApi } from "../eks-api/server";
import { ACCOUNT_ID, clientOf, type Landscape, makeLandscape, REGION } from "../eks-api/testing/landscape";
import { type LocalAws, startLocalAws } from "../eks-api/testing/local-aws";
import { NO_CHANGES } from "../eks-api/testing/terraform";
import { describeWithTerraform } from "../eks-api/testing/with-terraform";
import { configurationOf } from "../testing/cluster-configuration";

const clusterName = "dev-a";

/** Servers of a suite, and what applies infra's stack of a cluster there: the next plan is empty. */
function clusterOn(terraform: Parameters<Parameters<typeof describeWithTerraform>[1]>[0]) {
  let aws: LocalAws;
  let api: EksApi;
  let landscape: Landscape;

  beforeAll(async () => {
    aws = await startLocalAws();
    landscape = await makeLandscape(aws.url, []);
    api = await startEksApi({ region: REGION, accountId: ACCOUNT_ID, awsEndpoint: aws.url });
  });

  afterAll(async () => {
    await api.close();
    await aws.stop();
  });

  return async (kind: Parameters<typeof stackOfKind>[0]) => {
    const endpoints = { AWS_ENDPOINT_URL: aws.url, AWS_ENDPOINT_URL_EKS: api.url };
    terraform.write("stack", configurationOf(stackOfKind(kind), landscape));
    const { exitCode, said } = await terraform.tryApply(endpoints, []);
    if (exitCode !== NO_CHANGES) throw new Error(said);
    expect(await terraform.plan(endpoints)).toMatchObject({ exitCode: NO_CHANGES });
    const eks = clientOf(EKSClient, api.url);
    const { addons } = await eks.send(new ListAddonsCommand({ clusterName }));
    const { nodegroups } = await eks.send(new ListNodegroupsCommand({ clusterName }));
    return { eks, landscape, addons, nodegroups };
  };
}

describeWithTerraform("infra's cluster on Fargate, through Terraform's AWS provider", (terraform) => {
  const applied = clusterOn(terraform);

  it("has its profiles in the private subnets, CoreDNS after them, and nothing else", async () => {
    const { eks, landscape, addons, nodegroups } = await applied("fargate");
    const asked = new DescribeFargateProfileCommand({ clusterName, fargateProfileName: "pods" });
    expect((await eks.send(asked)).fargateProfile).toMatchObject({
      status: "ACTIVE",
      podExecutionRoleArn: `arn:aws:iam::${ACCOUNT_ID}:role/dev-a-fargate-pods`,
      selectors: expect.arrayContaining([expect.objectContaining({ namespace: "kube-*" })]),
      subnets: expect.arrayContaining([...landscape.subnetIds]),
    });
    expect({ addons, nodegroups }).toEqual({ addons: ["coredns"], nodegroups: [] });
  });
});

describeWithTerraform("infra's cluster of Auto Mode, through Terraform's AWS provider", (terraform) => {
  const applied = clusterOn(terraform);

  it("has EKS's own pools, volumes and load balancers, and no add-on", async () => {
    const { eks, addons, nodegroups } = await applied("auto-mode");
    const { cluster } = await eks.send(new DescribeClusterCommand({ name: clusterName }));
    expect(cluster).toMatchObject({
      computeConfig: { enabled: true, nodePools: ["general-purpose", "system"] },
      storageConfig: { blockStorage: { enabled: true } },
      kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
    });
    expect({ addons, nodegroups }).toEqual({ addons: [], nodegroups: [] });
  });
});
