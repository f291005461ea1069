import type { ActorContext } from "../controllers/actor";
import { ApiError } from "@demarc/deploy/kubernetes";
import type { Node } from "../controllers/kubernetes/kinds";
import type { GroupState } from "../eks-api/account/auto-scaling";
import type { StoredNodegroup } from "../eks-api/store";
import { instanceOf, isDaemonPod, isReady } from "./node";
import { isOutdated } from "./node-group-node";
import { cordon, podsOf } from "./removal";

/** A node group whose instances are all nodes. */
export interface GroupOfNodes {
  readonly stored: StoredNodegroup;
  readonly group: GroupState;
  readonly nodes: readonly Node[];
}

/**
 * Replaces the nodes of a group whose version, image or launch template was changed, one after another and as EKS does: first
 * one node more, then the old one's pods are evicted, as far as disruption budgets let them, then the old one goes.
 */
export class Rollout {
  /** Id of the instance that is being replaced, by Auto Scaling group. */
  readonly #leaving = new Map<string, string>();

  /** One step further. @returns whether it changed the group */
  async advance(context: ActorContext, { stored, group, nodes }: GroupOfNodes): Promise<boolean> {
    const leaving = nodes.find((node) => instanceOf(node) === this.#leaving.get(group.name));
    if (!leaving) return this.#begin(context, { stored, group, nodes });
    if (!nodes.every(isReady)) return false;
    if (!(await isDrained(context, leaving))) return false;
    await context.account.autoScaling.terminate(instanceOf(leaving) ?? "");
    this.#leaving.delete(group.name);
    return true;
  }

  async #begin(context: ActorContext, { stored, group, nodes }: GroupOfNodes): Promise<boolean> {
    const outdated = nodes.filter((node) => isOutdated(node, stored));
    const id = outdated[0] && instanceOf(outdated[0]);
    if (id === undefined) return false;
    context.say(`${outdated.length} nodes of ${stored.nodegroup.nodegroupName} are to be replaced`);
    await context.account.autoScaling.setDesiredSize(group.name, group.scaling.desiredSize + 1);
    this.#leaving.set(group.name, id);
    return true;
  }
}

/** Evicts what can be evicted now. @returns whether nothing but the pods of DaemonSets is left */
async function isDrained(context: ActorContext, node: Node): Promise<boolean> {
  await cordon(context, node);
  const pods = podsOf(context, node).filter((pod) => !isDaemonPod(pod));
  for (const { metadata } of pods) {
    if (metadata.deletionTimestamp !== undefined) continue;
    try {
      await context.kubernetes.evict(metadata);
    } catch (fault) {
      if (!(fault instanceof ApiError && fault.status === 429)) throw fault;
      context.say(`pod ${metadata.namespace ?? ""}/${metadata.name} cannot be evicted yet: ${fault.message}`);
    }
  }
  return pods.length === 0;
}
