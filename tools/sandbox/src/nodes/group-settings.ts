import type { ActorContext } from "../controllers/actor";
import { kinds, type Node } from "../controllers/kubernetes/kinds";
import type { StoredNodegroup } from "../eks-api/store";
import type { Taint } from "./node";
import { taintsOf } from "./node-group-node";

interface Given {
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/**
 * Labels and taints that node groups gave their nodes. A change of the group's reaches the nodes that are there; labels and taints
 * that somebody else gave them stay.
 */
export class GroupSettings {
  /** By name of the node. */
  readonly #given = new Map<string, Given>();

  /** Remembers what a node was created with. */
  note(node: string, stored: StoredNodegroup): void {
    this.#given.set(node, settingsOf(stored));
  }

  async bring({ kubernetes }: ActorContext, { metadata, spec }: Node, stored: StoredNodegroup): Promise<void> {
    const { labels, taints } = settingsOf(stored);
    const given = this.#given.get(metadata.name) ?? { labels: {}, taints: [] };
    if (JSON.stringify(given) === JSON.stringify({ labels, taints })) return;
    const gone = Object.keys(given.labels).filter((label) => !(label in labels));
    const others = (spec.taints ?? []).filter(
      (taint) => ![...given.taints, ...taints].some((own) => own.key === taint.key && own.effect === taint.effect),
    );
    await kubernetes.patch(kinds.nodes, metadata, {
      metadata: { labels: { ...Object.fromEntries(gone.map((label) => [label, null])), ...labels } },
      spec: { taints: [...others, ...taints] },
    });
    this.#given.set(metadata.name, { labels, taints });
  }
}

function settingsOf(stored: StoredNodegroup): Given {
  return { labels: stored.nodegroup.labels ?? {}, taints: taintsOf(stored) };
}
