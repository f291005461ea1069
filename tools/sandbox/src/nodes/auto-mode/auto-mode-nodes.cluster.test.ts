import { DeleteClusterCommand } from "@aws-sdk/client-eks";
import { DescribeInstancesCommand, TerminateInstancesCommand } from "@aws-sdk/client-ec2";
import { kinds, type Node } from "../../controllers/kubernetes/kinds";
import { runCluster, type RunningCluster, until } from "../../controllers/testing/running-cluster";
import { ACCOUNT_ID } from "../../eks-api/testing/landscape";
import { applyApp, running } from "../testing/deployments";
import { autoModeNodes } from "./auto-mode-nodes";

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

it("leaves no instance behind when the cluster goes", async () => {
  await cluster.eks.send(new DeleteClusterCommand({ name: cluster.name }));
  expect(await instances()).toEqual([]);
});
