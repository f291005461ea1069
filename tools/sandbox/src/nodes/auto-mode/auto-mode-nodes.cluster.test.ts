import { DeleteClusterCommand } from "@aws-sdk/client-eks";
import { DescribeInstancesCommand, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { kinds, type Node } from "../../controllers/kubernetes/kinds";
import { runCluster, type RunningCluster, until } from "../../controllers/testing/running-cluster";
import { ACCOUNT_ID } from "../../eks-api/testing/landscape";
import { applyApp, running } from "../testing/deployments";
import { autoModeNodes } from "./auto-mode-nodes";
import { nodeClasses, nodePools } from "./kinds";

const POOL = "karpenter.sh/nodepool";

let cluster: RunningCluster;

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  cluster = await runCluster([autoModeNodes], ["nodes"], {
    bootstrapSelfManagedAddons: false,
    computeConfig: {
      enabled: true,
      nodePools: ["general-purpose", "system"],
      nodeRoleArn: `arn:aws:iam::${ACCOUNT_ID}:role/nodes`,
    },
    storageConfig: { blockStorage: { enabled: true } },
    kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
  });
  await cluster.kubernetes.delete(kinds.nodes, { name: "node-a" });
});

afterAll(async () => {
  await cluster.stop();
});

async function nodes(): Promise<Node[]> {
  return (await cluster.kubernetes.list(kinds.nodes)).items;
}

/** Ids of the instances that run. */
async function instances(): Promise<(string | undefined)[]> {
  const Filters = [{ Name: "instance-state-name", Values: ["running"] }];
  const { Reservations = [] } = await cluster.ec2.send(new DescribeInstancesCommand({ Filters }));
  return Reservations.flatMap((reservation) => reservation.Instances ?? []).map(({ InstanceId }) => InstanceId);
}

it("starts an instance for pods that find no room, in the pool that they may be in", async () => {
  const { kubernetes } = cluster;
  const addon = {
    tolerations: [{ key: "CriticalAddonsOnly", operator: "Exists" }],
    nodeSelector: { "karpenter.sh/nodepool": "system" },
  };
  await applyApp(kubernetes, { name: "web", replicas: 2 });
  await applyApp(kubernetes, { name: "addon", replicas: 1, spec: addon });
  await until("all pods run", async () => {
    return (await running(kubernetes, "web")) === 2 && (await running(kubernetes, "addon")) === 1;
  });
  const all = await nodes();
  const pools = new Set(all.map(({ metadata }) => metadata.labels?.["karpenter.sh/nodepool"]));
  expect(pools).toEqual(new Set(["general-purpose", "system"]));
  expect(new Set(all.map(({ metadata }) => metadata.name))).toEqual(new Set(await instances()));
  for (const { metadata } of all) expect(metadata.labels).toMatchObject({ "eks.amazonaws.com/compute-type": "auto" });
});

it("replaces an instance that somebody terminated", async () => {
  const { kubernetes, ec2 } = cluster;
  const [lost] = await instances();
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [lost ?? ""] }));
  await until("its node is gone", async () => (await nodes()).every(({ metadata }) => metadata.name !== lost));
  await until("all pods run again", async () => {
    return (await running(kubernetes, "web")) === 2 && (await running(kubernetes, "addon")) === 1;
  });
  expect(await instances()).not.toContain(lost);
});

it("starts one in a pool of the cluster's own, as its class says, and takes it away with the pool", async () => {
  const { kubernetes, ec2, landscape } = cluster;
  const [subnet = ""] = landscape.subnetIds;
  await kubernetes.apply(nodeClasses, {
    metadata: { name: "batch" },
    spec: {
      role: "nodes",
      subnetSelectorTerms: [{ id: subnet }, { id: subnet }],
      securityGroupSelectorTerms: [{ id: landscape.securityGroupId }],
      ephemeralStorage: { size: "200Gi" },
      tags: { team: "platform" },
    },
  });
  const taints = [{ key: "example.com/batch", effect: "NoSchedule" as const }];
  const requirements = [{ key: "eks.amazonaws.com/instance-cpu", operator: "Gt", values: ["3"] }];
  const nodeClassRef = { group: "eks.amazonaws.com", kind: "NodeClass", name: "batch" };
  const disruption = { consolidateAfter: "1h" };
  await kubernetes.apply(nodePools, {
    metadata: { name: "batch" },
    spec: { disruption, limits: { cpu: "4" }, template: { spec: { nodeClassRef, requirements, taints } } },
  });
  const spec = { tolerations: [{ key: "example.com/batch", operator: "Exists" }], nodeSelector: { [POOL]: "batch" } };
  await applyApp(kubernetes, { name: "batch", replicas: 2, cpu: "2", spec });
  await until("one of its pods runs", async () => (await running(kubernetes, "batch")) === 1);
  const inPool = async () => (await nodes()).filter(({ metadata }) => metadata.labels?.[POOL] === "batch");
  const [node, ...others] = await inPool();
  // Of four cores each pod wants two, and a second node would be beyond the pool's limit.
  expect(others).toEqual([]);
  expect(node?.metadata.labels).toMatchObject({ "node.kubernetes.io/instance-type": "m7i.xlarge" });
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [node?.metadata.name ?? ""] }));
  expect(Reservations?.[0]?.Instances?.[0]).toMatchObject({
    SubnetId: subnet,
    Tags: expect.arrayContaining([
      { Key: "team", Value: "platform" },
      { Key: "eks:kubernetes-node-class-name", Value: "batch" },
    ]),
  });

  await kubernetes.delete(kinds.deployments, { name: "batch", namespace: "default" });
  await kubernetes.delete(nodeClasses, { name: "batch" });
  expect(await kubernetes.get(nodeClasses, { name: "batch" })).toBeDefined();
  await kubernetes.delete(nodePools, { name: "batch" });
  await until("its node is gone", async () => (await inPool()).length === 0);
  await until("its class is gone", async () => (await kubernetes.get(nodeClasses, { name: "batch" })) === undefined);
});

it("leaves no instance behind when the cluster goes", async () => {
  await cluster.eks.send(new DeleteClusterCommand({ name: cluster.name }));
  expect(await instances()).toEqual([]);
});
