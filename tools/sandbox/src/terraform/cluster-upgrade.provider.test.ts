import { EKSClient, UpdateNodegroupConfigCommand } from "@aws-sdk/client-eks";
import { nodesStack } from "@demarc/infra/src/testing/cluster";
import { dev } from "@demarc/shared/testing";
import { type EksApi, startEksApi } from "../eks-api/server";
import { ACCOUNT_ID, clientOf, type Landscape, makeLandscape, REGION } from "../eks-api/testing/landscape";
import { type LocalAws, startLocalAws } from "../eks-api/testing/local-aws";
import { FAILED, NO_CHANGES } from "../eks-api/testing/terraform";
import { describeWithTerraform } from "../eks-api/testing/with-terraform";
import { configurationOf } from "../testing/cluster-configuration";

type Settings = NonNullable<Parameters<typeof nodesStack>[0]>;

const size = (min: number, max: number): Settings => {
  const general = { instanceTypes: ["m7i.large"], size: { min, desired: min, max } };
  return { nodeGroups: { general } };
};

/** What a pod may request at most. @default the environment's default */
type LargestPod = { readonly cpu: string; readonly memory: string; readonly ephemeralStorage: string } | undefined;

/** infra's stack of a cluster of that version, with those nodes. */
function cluster(version: string, settings: Settings, landscape: Landscape, largestPod?: LargestPod): object {
  const clusters = { a: { version, compute: { kind: "managed-nodes" as const, largestPod } } };
  return configurationOf(nodesStack(settings, { ...dev, clusters }), landscape);
}

describeWithTerraform("infra's cluster, through Terraform's AWS provider", (terraform) => {
  let aws: LocalAws;
  let api: EksApi;
  let landscape: Landscape;
  let endpoints: Record<string, string>;

  beforeAll(async () => {
    aws = await startLocalAws();
    landscape = await makeLandscape(aws.url, []);
    api = await startEksApi({ region: REGION, accountId: ACCOUNT_ID, awsEndpoint: aws.url });
    endpoints = { AWS_ENDPOINT_URL: aws.url, AWS_ENDPOINT_URL_EKS: api.url };
  });

  afterAll(async () => {
    await api.close();
    await aws.stop();
  });

  const plan = (version: string, settings: Settings, largestPod?: LargestPod) => {
    terraform.write("stack", cluster(version, settings, landscape, largestPod));
    return terraform.plan(endpoints);
  };

  /** What an apply changes, in order: names of constructs, such as "nodes_kube-proxy". */
  async function applied(): Promise<string[]> {
    const { exitCode, said } = await terraform.tryApply(endpoints, []);
    if (exitCode !== NO_CHANGES) throw new Error(said);
    return [...said.matchAll(/^aws_eks_\w+\.(\S+?)_\w{8}: Modifications complete/gm)].map(([, name = ""]) => name);
  }

  // One life, told in order: each step needs what the one before made.
  it("is installed by one apply, nodes before CoreDNS, and the next plan is empty", async () => {
    await plan("1.34", size(2, 4));
    expect(await applied()).toEqual([]);
    expect(await terraform.plan(endpoints)).toMatchObject({ exitCode: NO_CHANGES });
  });

  it("may not let a pod request more than a node of a group has left: the plan says what each has", async () => {
    const { exitCode, said } = await plan("1.34", size(2, 4), {
      cpu: "1631m",
      memory: "6Gi",
      ephemeralStorage: "10Gi",
    });
    expect({ exitCode, said: said.replaceAll(/[\s│]+/g, " ") }).toEqual({
      exitCode: FAILED,
      said: expect.stringContaining(
        "A pod of cluster dev-a may request 1631m of CPU, 6Gi of memory and 10Gi of disk, and no node has that to give: general has 1630m, 6391Mi and 17408Mi. Give a node group larger",
      ),
    });
  });

  it("may not have its min raised above the nodes that there are: the plan says so, and how to get there", async () => {
    const { exitCode, said } = await plan("1.34", size(3, 4));
    expect({ exitCode, said: said.replaceAll(/[\s│]+/g, " ") }).toEqual({
      exitCode: FAILED,
      said: expect.stringContaining("Node group general of dev-a has 2 nodes now, and its size is to be 3 to 4"),
    });
    const command = /aws eks update-nodegroup-config .*desiredSize=\d+/.exec(said.replaceAll(/[\s│]+/g, " "))?.[0];
    expect(command).toBe(
      "aws eks update-nodegroup-config --cluster-name dev-a --nodegroup-name general --scaling-config minSize=3,maxSize=4,desiredSize=3",
    );
    const scalingConfig = { minSize: 3, maxSize: 4, desiredSize: 3 };
    const update = { clusterName: "dev-a", nodegroupName: "general", scalingConfig };
    await clientOf(EKSClient, api.url).send(new UpdateNodegroupConfigCommand(update));
    expect(await terraform.plan(endpoints)).toMatchObject({ exitCode: NO_CHANGES });
  });

  it("may not have its max lowered below the nodes that there are", async () => {
    const { exitCode, said } = await plan("1.34", size(1, 2));
    expect(exitCode).toBe(FAILED);
    expect(said.replaceAll(/[\s│]+/g, " ")).toContain("minSize=1,maxSize=2,desiredSize=2");
  });

  it("may not skip a Kubernetes version", async () => {
    const { exitCode, said } = await plan("1.36", { ...size(3, 4), nodeVersion: "1.34" });
    expect(exitCode).toBe(FAILED);
    expect(said.replaceAll(/[\s│]+/g, " ")).toContain(
      "Cluster dev-a runs Kubernetes 1.34, and EKS upgrades it by one minor version at a time and never back: 1.36 is not",
    );
  });

  it("may not take its nodes along with its control plane: the plan says how to go on", async () => {
    const { exitCode, said } = await plan("1.35", size(3, 4));
    expect(exitCode).toBe(FAILED);
    expect(said.replaceAll(/[\s│]+/g, " ")).toContain(
      `set clusters.a.compute.nodeVersion to "1.34" in infra's settings and deploy. Then take it out and deploy again`,
    );
  });

  const addOnVersions = { "vpc-cni": "v1.22.4-eksbuild.3", coredns: "v1.14.3-eksbuild.3" };

  it("upgrades control plane, kube-proxy, pod network and CoreDNS in this order, and no node", async () => {
    await plan("1.35", { ...size(3, 4), addOnVersions, nodeVersion: "1.34" });
    expect(await applied()).toEqual([
      "control-plane_cluster",
      "nodes_kube-proxy_add-on",
      "nodes_vpc-cni_add-on",
      "nodes_coredns_add-on",
    ]);
    expect(await terraform.plan(endpoints)).toMatchObject({ exitCode: NO_CHANGES });
  });

  it("has its nodes follow by the next apply, and nothing else change", async () => {
    await plan("1.35", { ...size(3, 4), addOnVersions });
    expect(await applied()).toEqual(["nodes_group-general_group"]);
    expect(await terraform.plan(endpoints)).toMatchObject({ exitCode: NO_CHANGES });
  });
});
