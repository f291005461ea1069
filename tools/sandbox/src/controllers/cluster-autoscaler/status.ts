import type { GroupState } from "../../eks-api/account/auto-scaling";
import { instanceOf, isReady } from "../../nodes/node";
import { ApiError } from "@demarc/deploy/kubernetes";
import type { KubernetesClient } from "../kubernetes/client";
import { kinds, type Node } from "../kubernetes/kinds";
import { objectPath } from "../kubernetes/object";

const NAME = "cluster-autoscaler-status";

/** What `kubectl get configmap cluster-autoscaler-status` shows: the fields of Cluster Autoscaler's own that mean something here. */
export function statusText(groups: readonly GroupState[], nodes: readonly Node[]): string {
  const lines = groups.flatMap(({ name, scaling, instances }) => {
    const registered = nodes.filter((node) => instances.includes(instanceOf(node) ?? ""));
    return [
      `- name: ${name}`,
      "  health:",
      "    status: Healthy",
      "    nodeCounts:",
      "      registered:",
      `        total: ${registered.length}`,
      `        ready: ${registered.filter(isReady).length}`,
      `    cloudProviderTarget: ${scaling.desiredSize}`,
      `    minSize: ${scaling.minSize}`,
      `    maxSize: ${scaling.maxSize}`,
    ];
  });
  return ["autoscalerStatus: Running", "nodeGroups:", ...lines, ""].join("\n");
}

/** Writes it as the autoscaler may by the chart's RBAC: create, and update of this one. */
export async function writeStatus(kubernetes: KubernetesClient, namespace: string, status: string): Promise<void> {
  const metadata = { name: NAME, namespace };
  const data = { status: `time: ${new Date().toISOString()}\n${status}` };
  try {
    await kubernetes.create(kinds.configMaps, { metadata, data });
  } catch (fault) {
    if (!(fault instanceof ApiError && fault.reason === "AlreadyExists")) throw fault;
    const body = { apiVersion: "v1", kind: "ConfigMap", metadata, data };
    await kubernetes.server.ask(objectPath(kinds.configMaps, metadata), { method: "PUT", body });
  }
}
