import type { GroupState } from "../../eks-api/account/auto-scaling";
import type { Pod } from "../kubernetes/kinds";
import { filled, fits, type Place } from "../../nodes/fit";
import { pack } from "../../nodes/places";
import { requestsOf } from "../../nodes/resources";

/** A group, and what a further node of it would be. */
export interface Candidate {
  readonly group: GroupState;
  readonly template: Place;
  /** Nodes that it has been asked for and that are not ready yet. */
  readonly upcoming: number;
}

export interface ScaleUp {
  readonly group: GroupState;
  /** How many nodes more. */
  readonly nodes: number;
  /** The pods that they are for. */
  readonly pods: readonly Pod[];
}

export interface Plan {
  readonly scaleUp: ScaleUp | undefined;
  /** Pods that no group has a node for, with the reason. */
  readonly hopeless: readonly { readonly pod: Pod; readonly reason: string }[];
}

/**
 * Which group must grow for pods that the scheduler finds no room for, and by how much: the one that most of them fit into. Room
 * on nodes that are there or about to be counts first.
 *
 * @param places nodes that are ready
 */
export function planScaleUp(pending: readonly Pod[], places: readonly Place[], candidates: readonly Candidate[]): Plan {
  const coming = candidates.flatMap(({ template, upcoming }) => Array.from({ length: upcoming }, () => template));
  const { left } = pack(largestFirst(pending), [...places, ...coming], fits);
  const [best] = candidates
    .map((candidate) => grow(left, candidate))
    .filter(({ nodes }) => nodes > 0)
    .sort((one, other) => other.pods.length - one.pods.length);
  const helped = new Set(candidates.flatMap((candidate) => grow(left, candidate).pods));
  const hopeless = left.filter((pod) => !helped.has(pod)).map((pod) => ({ pod, reason: reasonFor(pod, candidates) }));
  return { scaleUp: best, hopeless };
}

function grow(pods: readonly Pod[], { group, template }: Candidate): ScaleUp {
  const added: Place[] = [];
  const placed: Pod[] = [];
  const most = group.scaling.maxSize - group.scaling.desiredSize;
  for (const pod of pods) {
    const at = added.findIndex((place) => fits(pod, place));
    const place = added[at] ?? (added.length < most && fits(pod, template) ? template : undefined);
    if (!place) continue;
    added[at < 0 ? added.length : at] = filled(place, pod);
    placed.push(pod);
  }
  return { group, nodes: added.length, pods: placed };
}

function largestFirst(pods: readonly Pod[]): Pod[] {
  const size = (pod: Pod) => requestsOf(pod);
  return [...pods].sort((one, other) => size(other).cpu - size(one).cpu || size(other).memory - size(one).memory);
}

function reasonFor(pod: Pod, candidates: readonly Candidate[]): string {
  const full = candidates.filter(({ template }) => fits(pod, template)).length;
  const unfit = candidates.length - full;
  const reasons = [
    ...(full > 0 ? [`${full} max node group size reached`] : []),
    ...(unfit > 0 ? [`${unfit} node(s) would not fit the pod`] : []),
  ];
  return reasons.join(", ") || "no node group was found";
}
