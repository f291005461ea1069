import type { Node, Pod } from "../controllers/kubernetes/kinds";
import { filled, type Place } from "./fit";
import { isDaemonPod, isDone } from "./node";
import { quantity } from "./quantity";
import { resources } from "./resources";

/** A node as the scheduler sees it, with the pods that are bound to it. */
export function placeOf(node: Node, pods: readonly Pod[]): Place {
  const bound = pods.filter((pod) => pod.spec.nodeName === node.metadata.name && !isDone(pod));
  return bound.reduce(filled, emptyPlace(node));
}

/** A further node like this one: the pods of DaemonSets would be there too, its own labels of name and zone are another's. */
export function anotherLike(node: Node, pods: readonly Pod[]): Place {
  const daemons = pods.filter((pod) => pod.spec.nodeName === node.metadata.name && isDaemonPod(pod) && !isDone(pod));
  return daemons.reduce(filled, { ...emptyPlace(node), name: "" });
}

function emptyPlace({ metadata, spec, status }: Node): Place {
  return {
    name: metadata.name,
    labels: metadata.labels ?? {},
    taints: spec.taints ?? [],
    free: resources(status?.allocatable),
    pods: quantity(status?.allocatable?.["pods"]),
  };
}

/** Puts pods into places, each into the first one that it fits. Answers those that found none, and the places as they are then. */
export function pack(pods: readonly Pod[], places: readonly Place[], fitsInto: (pod: Pod, place: Place) => boolean) {
  const left: Pod[] = [];
  const after = [...places];
  for (const pod of pods) {
    const at = after.findIndex((place) => fitsInto(pod, place));
    const place = after[at];
    if (place) after[at] = filled(place, pod);
    else left.push(pod);
  }
  return { left, places: after };
}
