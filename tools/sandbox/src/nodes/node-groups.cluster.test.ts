import { AutoScalingClient, CreateOrUpdateTagsCommand, SetDesiredCapacityCommand } from "@aws-sdk/client-auto-scaling";
import {
  CreateNodegroupCommand,
  CreatePodIdentityAssociationCommand,
  DeleteNodegroupCommand,
  DescribeNodegroupCommand,
  UpdateNodegroupConfigCommand,
  UpdateNodegroupVersionCommand,
} from "@aws-sdk/client-eks";
import type { MockInstance } from "vitest";
import { installed } from "../controllers/addon";
import { clusterAutoscaler } from "../controllers/cluster-autoscaler/cluster-autoscaler";
import { kinds, type Node } from "../controllers/kubernetes/kinds";
import { installController } from "../controllers/testing/controller-deployment";
import { runCluster, type RunningCluster, until } from "../controllers/testing/running-cluster";
import { clientOf } from "../eks-api/testing/landscape";
import { isReady } from "./node";
import { nodeGroupNodes } from "./node-group-nodes";
import { applyApp, podsOfApp, running } from "./testing/deployments";

const SIZE = { minSize: 1, desiredSize: 2, maxSize: 4 };
const AUTOSCALER = "aws-cluster-autoscaler";

let log: MockInstance<typeof console.error>;
let cluster: RunningCluster;
let general: { readonly clusterName: string; readonly nodegroupName: string };

beforeAll(async () => {
  log = vi.spyOn(console, "error").mockImplementation(() => undefined);
  cluster = await runCluster([nodeGroupNodes, (of) => installed(clusterAutoscaler(of), of)], ["nodes", "autoscaler"]);
  await cluster.kubernetes.delete(kinds.nodes, { name: "node-a" });
  general = { clusterName: cluster.name, nodegroupName: "general" };
  const { landscape } = cluster;
  await cluster.eks.send(
    new CreateNodegroupCommand({
      ...general,
      nodeRole: landscape.role("nodes"),
      subnets: [...landscape.subnetIds],
      instanceTypes: ["m7i.large"],
      scalingConfig: SIZE,
      launchTemplate: { id: landscape.launchTemplateId, version: "1" },
      labels: { pool: "general" },
      taints: [{ key: "prefers", value: "batch", effect: "PREFER_NO_SCHEDULE" }],
    }),
  );
  await haveNodes(2);
});

afterAll(async () => {
  await cluster.stop();
});

async function nodes(): Promise<Node[]> {
  return (await cluster.kubernetes.list(kinds.nodes)).items;
}

async function haveNodes(count: number): Promise<void> {
  await until(`there are ${String(count)} ready nodes`, async () => {
    const all = await nodes();
    return all.length === count && all.every(isReady);
  });
}

async function describeGeneral() {
  const { nodegroup } = await cluster.eks.send(new DescribeNodegroupCommand(general));
  if (!nodegroup) throw new Error("the node group is gone");
  return nodegroup;
}

async function setSizeByHand(size: number): Promise<void> {
  const autoScaling = clientOf(AutoScalingClient, cluster.aws.url);
  const AutoScalingGroupName = (await describeGeneral()).resources?.autoScalingGroups?.[0]?.name;
  await autoScaling.send(new SetDesiredCapacityCommand({ AutoScalingGroupName, DesiredCapacity: size }));
  autoScaling.destroy();
}

async function tagGroup(ResourceId: string | undefined, tags: Readonly<Record<string, string>>): Promise<void> {
  const autoScaling = clientOf(AutoScalingClient, cluster.aws.url);
  const group = { ResourceId, ResourceType: "auto-scaling-group", PropagateAtLaunch: false };
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ ...group, Key, Value }));
  await autoScaling.send(new CreateOrUpdateTagsCommand({ Tags }));
  autoScaling.destroy();
}

it("makes each instance of a group the node that EKS would", async () => {
  const all = await nodes();
  const zones = all.map(({ metadata }) => metadata.labels?.["topology.kubernetes.io/zone"]).sort();
  expect(zones).toEqual(["ap-northeast-1a", "ap-northeast-1c"]);
  for (const { metadata, spec, status } of all) {
    const address = status?.addresses?.find(({ type }) => type === "InternalIP")?.address ?? "";
    const zone = metadata.labels?.["topology.kubernetes.io/zone"] ?? "";
    expect(metadata.name).toBe(`ip-${address.replaceAll(".", "-")}.ap-northeast-1.compute.internal`);
    expect(metadata.labels).toMatchObject({
      "eks.amazonaws.com/nodegroup": "general",
      "eks.amazonaws.com/capacityType": "ON_DEMAND",
      "eks.amazonaws.com/sourceLaunchTemplateId": cluster.landscape.launchTemplateId,
      "eks.amazonaws.com/sourceLaunchTemplateVersion": "1",
      "node.kubernetes.io/instance-type": "m7i.large",
      "topology.kubernetes.io/region": "ap-northeast-1",
      "kubernetes.io/arch": "amd64",
      pool: "general",
    });
    expect(spec.providerID).toMatch(new RegExp(`^aws:///${zone}/i-[0-9a-f]+$`));
    expect(spec.taints).toContainEqual({ key: "prefers", value: "batch", effect: "PreferNoSchedule" });
    expect(status?.allocatable).toMatchObject({ cpu: "1930m", pods: "29" });
  }
});

it("has pods with addresses of their node's subnet, each its own", async () => {
  await applyApp(cluster.kubernetes, { name: "web", replicas: 4 });
  await until("all pods run", async () => (await running(cluster.kubernetes, "web")) === 4);
  const pods = await podsOfApp(cluster.kubernetes, "web");
  expect(new Set(pods.map(({ status }) => status?.podIP)).size).toBe(4);
  for (const { status } of pods) expect(status?.podIP).toMatch(/^10\.0\.[01]\./);
});

it("follows a size that is set by hand, as EKS's own answer does, and moves the pods of a node that goes", async () => {
  await setSizeByHand(3);
  await haveNodes(3);
  expect((await describeGeneral()).scalingConfig).toEqual({ ...SIZE, desiredSize: 3 });
  await setSizeByHand(2);
  await haveNodes(2);
  const names = (await nodes()).map(({ metadata }) => metadata.name);
  await until("all pods run, on nodes that are there", async () => {
    const pods = await podsOfApp(cluster.kubernetes, "web");
    return (
      pods.length === 4 &&
      pods.every(({ spec, status }) => status?.phase === "Running" && names.includes(spec.nodeName ?? ""))
    );
  });
});

it("brings changed labels and taints to the nodes that are there", async () => {
  await cluster.eks.send(
    new UpdateNodegroupConfigCommand({
      ...general,
      labels: { addOrUpdateLabels: { team: "web" }, removeLabels: ["pool"] },
      taints: { removeTaints: [{ key: "prefers", value: "batch", effect: "PREFER_NO_SCHEDULE" }] },
    }),
  );
  await until("every node has the new label", async () => {
    return (await nodes()).every(({ metadata }) => metadata.labels?.["team"] === "web");
  });
  for (const { metadata, spec } of await nodes()) {
    expect(metadata.labels).not.toHaveProperty("pool");
    expect(spec.taints ?? []).toEqual([]);
  }
});

it("replaces its nodes when the launch template's version changes, and keeps its size", async () => {
  const before = (await nodes()).map(({ metadata }) => metadata.uid);
  const { launchTemplateId } = cluster.landscape;
  const launchTemplate = { id: launchTemplateId, version: "2" };
  await cluster.eks.send(new UpdateNodegroupVersionCommand({ ...general, launchTemplate }));
  await until("both nodes are of the new version", async () => {
    const all = await nodes();
    const versions = all.map(({ metadata }) => metadata.labels?.["eks.amazonaws.com/sourceLaunchTemplateVersion"]);
    return versions.join() === "2,2" && all.every(({ spec }) => spec.unschedulable !== true);
  });
  expect((await nodes()).filter(({ metadata }) => before.includes(metadata.uid))).toEqual([]);
  expect((await describeGeneral()).scalingConfig).toEqual(SIZE);
  await until("all pods run again", async () => (await running(cluster.kubernetes, "web")) === 4);
});

describe("Cluster Autoscaler", () => {
  const args = [
    "--cloud-provider=aws",
    "--namespace=kube-system",
    "--node-group-auto-discovery=asg:tag=k8s.io/cluster-autoscaler/enabled,k8s.io/cluster-autoscaler/dev-a",
    "--scale-down-unneeded-time=2s",
    "--scale-down-delay-after-add=0s",
  ];

  it("does nothing without its role", async () => {
    await installController(cluster.kubernetes, { name: AUTOSCALER, args, chart: "cluster-autoscaler" });
    await applyApp(cluster.kubernetes, { name: "web", replicas: 8 });
    await until("a pod finds no room", async () => (await running(cluster.kubernetes, "web")) === 6);
    await until("the log says why", () => Promise.resolve(JSON.stringify(log.mock.calls).includes("no credentials")));
    expect(await nodes()).toHaveLength(2);
  });

  it("adds nodes for pods that find no room, and says so on the pods", async () => {
    const association = {
      namespace: "kube-system",
      serviceAccount: AUTOSCALER,
      roleArn: cluster.landscape.role("autoscaler"),
    };
    await cluster.eks.send(new CreatePodIdentityAssociationCommand({ clusterName: cluster.name, ...association }));
    await until("all pods run", async () => (await running(cluster.kubernetes, "web")) === 8);
    expect(await nodes()).toHaveLength(3);
    expect((await describeGeneral()).scalingConfig).toEqual({ ...SIZE, desiredSize: 3 });
    const { items } = await cluster.kubernetes.list(kinds.events, { namespace: "default" });
    expect(items).toContainEqual(
      expect.objectContaining({ reason: "TriggeredScaleUp", message: expect.stringContaining("2->3 (max: 4)") }),
    );
  });

  it("adds the first node to a group that has none, by what the group's tags tell of it", async () => {
    const { kubernetes, eks, landscape } = cluster;
    const taint = { key: "interruptible", value: "true" };
    const { nodegroup } = await eks.send(
      new CreateNodegroupCommand({
        ...general,
        nodegroupName: "spot",
        nodeRole: landscape.role("nodes"),
        subnets: [...landscape.subnetIds],
        capacityType: "SPOT",
        scalingConfig: { minSize: 0, desiredSize: 0, maxSize: 2 },
        taints: [{ ...taint, effect: "NO_SCHEDULE" }],
      }),
    );
    const template = "k8s.io/cluster-autoscaler/node-template";
    await tagGroup(nodegroup?.resources?.autoScalingGroups?.[0]?.name, {
      [`${template}/label/eks.amazonaws.com/capacityType`]: "SPOT",
      [`${template}/taint/interruptible`]: "true:NoSchedule",
    });
    const nodeSelector = { "eks.amazonaws.com/capacityType": "SPOT" };
    const spec = { nodeSelector, tolerations: [{ ...taint, effect: "NoSchedule" }] };
    await applyApp(kubernetes, { name: "batch", replicas: 1, spec });
    await until("its pod runs", async () => (await running(kubernetes, "batch")) === 1);
    const spot = (await nodes()).filter(({ metadata }) => metadata.labels?.["eks.amazonaws.com/nodegroup"] === "spot");
    expect(spot).toMatchObject([{ spec: { taints: [{ ...taint, effect: "NoSchedule" }] } }]);
    await eks.send(new DeleteNodegroupCommand({ ...general, nodegroupName: "spot" }));
    await haveNodes(3);
  });

  it("takes away nodes that stay empty, down to the least size", async () => {
    await applyApp(cluster.kubernetes, { name: "web", replicas: 0 });
    await until("one node is left", async () => (await nodes()).length === 1);
    expect((await describeGeneral()).scalingConfig).toEqual({ ...SIZE, desiredSize: 1 });
  });
});

it("has no nodes left when its group is deleted", async () => {
  await cluster.eks.send(new DeleteNodegroupCommand(general));
  await haveNodes(0);
  expect(await podsOfApp(cluster.kubernetes, "web")).toEqual([]);
});
