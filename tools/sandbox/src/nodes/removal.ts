import type { ActorContext } from "../controllers/actor";
import { kinds, type Node, type Pod } from "../controllers/kubernetes/kinds";
import { isDaemonPod } from "./node";

/**
 * Takes away a node whose machine has gone; to be called until the node has gone too. Its pods go first: what owns them makes
 * new ones at once, elsewhere, where Kubernetes itself would wait most of a minute; and KWOK gets their addresses back.
 */
export async function removeNode(context: ActorContext, node: Node): Promise<void> {
  const { kubernetes } = context;
  const pods = podsOf(context, node);
  const leaving = pods.filter((pod) => !isDaemonPod(pod) && !isHeld(pod));
  if (leaving.length > 0) {
    await cordon(context, node);
    for (const { metadata } of leaving) {
      if (metadata.deletionTimestamp === undefined) await kubernetes.delete(kinds.pods, metadata);
    }
    return;
  }
  await kubernetes.delete(kinds.nodes, node.metadata);
  for (const { metadata } of pods) await kubernetes.delete(kinds.pods, metadata, { gracePeriodSeconds: 0 });
  context.say(`node ${node.metadata.name} is gone`);
}

/** Lets no further pod onto a node. */
export async function cordon({ kubernetes }: ActorContext, { metadata, spec }: Node): Promise<void> {
  if (spec.unschedulable !== true) await kubernetes.patch(kinds.nodes, metadata, { spec: { unschedulable: true } });
}

/** Pods that are bound to a node. */
export function podsOf(context: ActorContext, { metadata }: Node): Pod[] {
  return context.objects(kinds.pods).filter(({ spec }) => spec.nodeName === metadata.name);
}

/** Whether a pod that is to go waits for somebody's finalizer: its node does not. */
function isHeld({ metadata }: Pod): boolean {
  return metadata.deletionTimestamp !== undefined && (metadata.finalizers ?? []).length > 0;
}
