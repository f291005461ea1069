import { setTimeout as sleep } from "node:timers/promises";
import { CreateSecurityGroupCommand, DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { CreateFargateProfileCommand, DeleteFargateProfileCommand } from "@aws-sdk/client-eks";
import { kinds, type Node } from "../../controllers/kubernetes/kinds";
import { runCluster, type RunningCluster, until } from "../../controllers/testing/running-cluster";
import { applyApp, podsOfApp, running } from "../testing/deployments";
import { fargateNodes } from "./fargate-nodes";
import { securityGroupPolicies } from "./pod-groups";

const PROFILE = { fargateProfileName: "fp-shop" };

let cluster: RunningCluster;

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  cluster = await runCluster([fargateNodes], ["pods"]);
  const { kubernetes, landscape } = cluster;
  await kubernetes.delete(kinds.nodes, { name: "node-a" });
  for (const name of ["shop-web", "other"]) await kubernetes.apply(kinds.namespaces, { metadata: { name } });
  await cluster.eks.send(
    new CreateFargateProfileCommand({
      clusterName: cluster.name,
      ...PROFILE,
      podExecutionRoleArn: landscape.role("pods"),
      subnets: [...landscape.subnetIds],
      selectors: [{ namespace: "shop-*" }],
    }),
  );
});

afterAll(async () => {
  await cluster.stop();
});

async function nodes(): Promise<Node[]> {
  return (await cluster.kubernetes.list(kinds.nodes)).items;
}

it("gives each pod that a profile selects a node of its own, with the pod's address", async () => {
  const { kubernetes } = cluster;
  await applyApp(kubernetes, { name: "web", namespace: "shop-web", replicas: 3, cpu: "1" });
  await until("all pods run", async () => (await running(kubernetes, "web", "shop-web")) === 3);
  const pods = await podsOfApp(kubernetes, "web", "shop-web");
  expect(new Set(pods.map(({ spec }) => spec.nodeName)).size).toBe(3);
  for (const { metadata, spec, status } of pods) {
    expect(spec.nodeName).toBe(
      `fargate-ip-${(status?.podIP ?? "").replaceAll(".", "-")}.ap-northeast-1.compute.internal`,
    );
    expect(metadata.labels).toMatchObject({ "eks.amazonaws.com/fargate-profile": "fp-shop" });
    expect(metadata.annotations).toMatchObject({
      CapacityProvisioned: "1vCPU 2GB",
      Logging: "LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND",
    });
  }
  expect(await nodes()).toHaveLength(3);
  for (const { metadata, spec } of await nodes()) {
    expect(metadata.labels).toMatchObject({ "eks.amazonaws.com/compute-type": "fargate" });
    expect(spec.taints).toContainEqual({
      key: "eks.amazonaws.com/compute-type",
      value: "fargate",
      effect: "NoSchedule",
    });
  }
});

it("says on each new pod whether its logs are sent, by what it finds in aws-observability", async () => {
  const { kubernetes } = cluster;
  const namespace = "aws-observability";
  const write = (data: object) =>
    kubernetes.apply(kinds.configMaps, { metadata: { name: "aws-logging", namespace }, data });
  const loggingOf = async (name: string) => {
    await applyApp(kubernetes, { name, namespace: "shop-web", replicas: 1 });
    await until("the pod runs", async () => (await running(kubernetes, name, "shop-web")) === 1);
    const [pod] = await podsOfApp(kubernetes, name, "shop-web");
    await applyApp(kubernetes, { name, namespace: "shop-web", replicas: 0 });
    return pod?.metadata.annotations?.["Logging"];
  };
  await kubernetes.apply(kinds.namespaces, { metadata: { name: namespace } });
  await write({ "output.conf": "[OUTPUT]" });
  expect(await loggingOf("unlabelled")).toMatch(/^LoggingDisabled/);
  await kubernetes.apply(kinds.namespaces, { metadata: { name: namespace, labels: { [namespace]: "enabled" } } });
  expect(await loggingOf("logged")).toBe("LoggingEnabled");
  await write({ "output.conf": "[OUTPUT]", "filters.conf": " ".repeat(5_300) });
  expect(await loggingOf("wordy")).toMatch(/^LoggingDisabled/);
  await kubernetes.delete(kinds.namespaces, { name: namespace });
});

it("gives pods the groups that a policy says, and leaves those Pending whom the groups cut off", async () => {
  const { kubernetes, ec2 } = cluster;
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}));
  const own = SecurityGroups.find(({ GroupName = "" }) => GroupName.startsWith("eks-cluster-sg-"));
  const made = new CreateSecurityGroupCommand({ GroupName: "team", Description: "team", VpcId: own?.VpcId });
  const { GroupId = "" } = await ec2.send(made);
  const policy = (groupIds: readonly string[]) =>
    kubernetes.apply(securityGroupPolicies, {
      metadata: { name: "team", namespace: "shop-web" },
      spec: { podSelector: {}, securityGroups: { groupIds } },
    });
  await expect(policy([])).rejects.toThrow(/groupIds/);
  await policy([GroupId]);
  await applyApp(kubernetes, { name: "apart", namespace: "shop-web", replicas: 1 });
  await sleep(3_000);
  expect(await running(kubernetes, "apart", "shop-web")).toBe(0);

  await policy([GroupId, own?.GroupId ?? ""]);
  await until("it runs", async () => (await running(kubernetes, "apart", "shop-web")) === 1);
  const [pod] = await podsOfApp(kubernetes, "apart", "shop-web");
  expect(pod?.metadata.annotations).toMatchObject({
    "fargate.amazonaws.com/pod-sg": `${GroupId},${String(own?.GroupId)}`,
  });
  await kubernetes.delete(securityGroupPolicies, { name: "team", namespace: "shop-web" });
  await applyApp(kubernetes, { name: "apart", namespace: "shop-web", replicas: 0 });
});

it("leaves a pod that no profile selects Pending, with the scheduler's reason", async () => {
  const { kubernetes } = cluster;
  await applyApp(kubernetes, { name: "stray", namespace: "other", replicas: 1 });
  const reason = async () => (await podsOfApp(kubernetes, "stray", "other"))[0]?.status?.conditions?.[0]?.message;
  await until("the scheduler has looked at it", async () => (await reason()) !== undefined);
  expect(await reason()).toMatch(/\d node\(s\) had untolerated taint\(s\)/);
});

it("runs no DaemonSet, whatever its pods tolerate", async () => {
  const { kubernetes } = cluster;
  const labels = { app: "agent" };
  const spec = {
    tolerations: [{ operator: "Exists" }],
    containers: [{ name: "agent", image: "registry.k8s.io/pause:3.10" }],
  };
  const daemonSets = { apiVersion: "apps/v1", kind: "DaemonSet", plural: "daemonsets", namespaced: true };
  await kubernetes.apply(daemonSets, {
    metadata: { name: "agent", namespace: "shop-web" },
    spec: { selector: { matchLabels: labels }, template: { metadata: { labels }, spec } },
  });
  await applyApp(kubernetes, { name: "web", namespace: "shop-web", replicas: 5 });
  await until("all pods run", async () => (await running(kubernetes, "web", "shop-web")) === 5);
  await until("the DaemonSet has pods", async () => (await podsOfApp(kubernetes, "agent", "shop-web")).length > 0);
  expect(await running(kubernetes, "agent", "shop-web")).toBe(0);
  await kubernetes.delete(daemonSets, { name: "agent", namespace: "shop-web" });
});

it("refuses a pod that asks for what Fargate has not", async () => {
  const { kubernetes } = cluster;
  await applyApp(kubernetes, { name: "host", namespace: "shop-web", replicas: 1, spec: { hostNetwork: true } });
  const refusals = async () => {
    const { items } = await kubernetes.list(kinds.events, { namespace: "shop-web" });
    const told = items.map((event) => ({ event, text: JSON.stringify(event) }));
    return told.flatMap(({ event, text }) =>
      ["fargate-scheduler", "FailedScheduling"].every((part) => text.includes(part)) ? [event] : [],
    );
  };
  await until("it is refused", async () => (await refusals()).length > 0);
  expect(await refusals()).toMatchObject([
    { message: "Pod not supported on Fargate: fields not supported: HostNetwork" },
  ]);
  await applyApp(kubernetes, { name: "host", namespace: "shop-web", replicas: 0 });
});

it("takes the node away with its pod, and the pods with their profile", async () => {
  const { kubernetes } = cluster;
  await applyApp(kubernetes, { name: "web", namespace: "shop-web", replicas: 1 });
  await until("one node is left", async () => (await nodes()).length === 1);
  await cluster.eks.send(new DeleteFargateProfileCommand({ clusterName: cluster.name, ...PROFILE }));
  await until("no node is left", async () => (await nodes()).length === 0);
  expect(await running(kubernetes, "web", "shop-web")).toBe(0);
});
