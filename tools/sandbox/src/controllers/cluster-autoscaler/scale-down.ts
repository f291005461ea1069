import type { GroupState } from "../../eks-api/account/auto-scaling";
import { instanceOf, isDaemonPod, isDone } from "../../nodes/node";
import type { KubernetesClient } from "../kubernetes/client";
import { kinds, type Node, type Pod } from "../kubernetes/kinds";

export interface EmptyNode {
  readonly node: Node;
  readonly instance: string;
  readonly group: GroupState;
}

/** Nodes of the groups that have no pods but those of DaemonSets. */
export function emptyNodes(nodes: readonly Node[], pods: readonly Pod[], groups: readonly GroupState[]): EmptyNode[] {
  const used = new Set(pods.filter((pod) => !isDaemonPod(pod) && !isDone(pod)).map(({ spec }) => spec.nodeName));
  return nodes
    .filter(({ metadata }) => !used.has(metadata.name))
    .flatMap((node) => {
      const instance = instanceOf(node) ?? "";
      const group = groups.find(({ instances }) => instances.includes(instance));
      return group ? [{ node, instance, group }] : [];
    });
}

/** Since when each node has been empty. */
export class Unneeded {
  readonly #since = new Map<string, number>();

  /**
   * The nodes that have been empty for long enough, as many as their groups can do without.
   *
   * @param now milliseconds
   * @param unneededTime milliseconds
   */
  due(empty: readonly EmptyNode[], now: number, unneededTime: number): EmptyNode[] {
    const instances = new Set(empty.map(({ instance }) => instance));
    for (const instance of this.#since.keys()) if (!instances.has(instance)) this.#since.delete(instance);
    for (const instance of instances) if (!this.#since.has(instance)) this.#since.set(instance, now);
    const spare = new Map<string, number>();
    return empty.filter(({ instance, group: { name, scaling } }) => {
      const left = spare.get(name) ?? scaling.desiredSize - scaling.minSize;
      if (left <= 0 || now - (this.#since.get(instance) ?? now) < unneededTime) return false;
      spare.set(name, left - 1);
      return true;
    });
  }
}

/** As the autoscaler does it: its chart lets it update nodes, and not patch them. */
export async function markForDeletion(kubernetes: KubernetesClient, { metadata }: Node): Promise<void> {
  const node = await kubernetes.get(kinds.nodes, metadata);
  if (node === undefined) return;
  const mark = { key: "ToBeDeletedByClusterAutoscaler", value: String(Math.floor(Date.now() / 1_000)) };
  const taints = [...(node.spec.taints ?? []), { ...mark, effect: "NoSchedule" }];
  await kubernetes.update(kinds.nodes, { ...node, metadata: { ...node.metadata }, spec: { ...node.spec, taints } });
}
