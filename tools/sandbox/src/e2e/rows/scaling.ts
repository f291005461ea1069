import assert from "node:assert/strict";
import type { KubernetesClient } from "../../controllers/kubernetes/client";
import { kinds } from "../../controllers/kubernetes/kinds";
import type { KubernetesObject } from "../../controllers/kubernetes/object";
import { CPU_USAGE } from "../../controllers/metrics-server/usage";
import { NODE_GROUP } from "../../nodes/node-group-node";
import { until } from "../looks";
import { imageOf, oneReplica, RESTRICTED, whileDeployed } from "../team-client";
import { appTeams, nodeGroupsOf, platformOf } from "./deployed";
import type { Live, Row } from "./row";

/** Pods by what they use, and nodes by what waits. */
export const scaling: readonly Row[] = [
  { id: "S3.3", what: "an app whose pods use much CPU", look: podsFollowUse },
  { id: "S3.4", what: "a pod for nodes of which there are none", look: nodesFollowPods },
];

interface Autoscaler extends KubernetesObject {
  readonly spec: { readonly minReplicas?: number; readonly maxReplicas: number };
}

const AUTOSCALERS = {
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  plural: "horizontalpodautoscalers",
  namespaced: true,
} as const;

/** In seconds: an autoscaler looks every 15, and metrics are of the last minute. */
const PATIENCE = 180;

async function podsFollowUse(live: Live): Promise<string> {
  const kubernetes = await platformOf(live);
  const { items } = await kubernetes.list<Autoscaler>(AUTOSCALERS);
  const [autoscaler] = items;
  assert.ok(autoscaler, "no app has an autoscaler");
  const { name, namespace = "" } = autoscaler.metadata;
  const replicas = async () =>
    (await kubernetes.get(kinds.deployments, { name, namespace }))?.status?.readyReplicas ?? 0;
  const before = await replicas();
  await use(kubernetes, namespace, name, "900m");
  try {
    const after = await until(async () => {
      const now = await replicas();
      assert.ok(now > before, `${namespace}/${name} has ${String(now)} pods still`);
      return now;
    }, PATIENCE);
    return `${namespace}/${name}: ${String(before)} pods, then ${String(after)} of at most ${String(autoscaler.spec.maxReplicas)}`;
  } finally {
    await use(kubernetes, namespace, name, null);
  }
}

/** @param cpu a quantity; null: what pods of the sandbox use by themselves */
async function use(kubernetes: KubernetesClient, namespace: string, app: string, cpu: string | null): Promise<void> {
  const { items } = await kubernetes.list(kinds.pods, { namespace });
  for (const { metadata } of items.filter((pod) => pod.metadata.name.startsWith(`${app}-`)))
    await kubernetes.patch(kinds.pods, metadata, { metadata: { annotations: { [CPU_USAGE]: cpu } } });
}

/** A team's pod that tolerates what keeps others off a group, and asks for its nodes: from none to one. */
async function nodesFollowPods(live: Live): Promise<string> {
  const empty = (await nodeGroupsOf(live)).find(({ scalingConfig }) => scalingConfig?.minSize === 0);
  const [taint] = empty?.taints ?? [];
  assert.ok(empty && taint, "no group may have no node");
  const kubernetes = await platformOf(live);
  const nodes = async () =>
    (await kubernetes.list(kinds.nodes)).items.filter(
      ({ metadata }) => metadata.labels?.[NODE_GROUP] === empty.nodegroupName,
    ).length;
  const before = await nodes();
  const { team, as } = await tolerating(live);
  const image = await imageOf({ team, kubernetes: as });
  const limits = { cpu: "100m", memory: "64Mi", "ephemeral-storage": "64Mi" };
  const container = {
    name: "waits",
    image,
    resources: { requests: limits, limits },
    securityContext: { ...RESTRICTED, readOnlyRootFilesystem: true },
  };
  await whileDeployed(
    { team, kubernetes: as },
    oneReplica("scale-from-zero", team, {
      containers: [container],
      nodeSelector: empty.labels,
      tolerations: [{ key: taint.key, operator: "Equal", value: taint.value, effect: "NoSchedule" }],
    }),
    ({ status }) => status?.readyReplicas === 1,
  );
  const after = await nodes();
  assert.ok(after > before, `${String(empty.nodegroupName)} has ${String(after)} nodes`);
  return `${String(empty.nodegroupName)}: ${String(before)} nodes, then ${String(after)}, for a pod of team ${team}`;
}

/** The team that the platform lets onto such nodes: the first one with an app, here. */
async function tolerating(live: Live): Promise<{ readonly team: string; readonly as: KubernetesClient }> {
  const [team = ""] = appTeams(live);
  const [as] = (await live.clusters(team)).values();
  assert.ok(as, "there is no cluster");
  return { team, as };
}
