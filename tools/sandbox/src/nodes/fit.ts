import type { NodeSelectorTerm } from "kubernetes-types/core/v1";
import type { Pod } from "../controllers/kubernetes/kinds";
import type { Taint } from "./node";
import { minus, type Resources, requestsOf } from "./resources";

/** What of a node decides whether a pod can be there. */
export interface Place {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  /** What is left for further pods. */
  readonly free: Resources;
  /** How many further pods there can be. */
  readonly pods: number;
}

/** Whether a pod would find room: by its requests, tolerations, node selector and required node affinity. */
export function fits(pod: Pod, place: Place): boolean {
  const { cpu, memory, disk } = requestsOf(pod);
  const { free } = place;
  const hasRoom = place.pods >= 1 && cpu <= free.cpu && memory <= free.memory && disk <= free.disk;
  return hasRoom && isAllowed(pod, place);
}

/** The same place with the pod in it. */
export function filled(place: Place, pod: Pod): Place {
  return { ...place, free: minus(place.free, requestsOf(pod)), pods: place.pods - 1 };
}

/** Whether a pod may be on a node, whatever room it has. */
function isAllowed({ spec }: Pod, { name, labels, taints }: Pick<Place, "name" | "labels" | "taints">): boolean {
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  return (
    Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value) &&
    (!required || required.nodeSelectorTerms.some((term) => meets(term, name, labels))) &&
    taints.every((taint) => taint.effect === "PreferNoSchedule" || tolerates(spec, taint))
  );
}

function tolerates({ tolerations = [] }: Pod["spec"], taint: Taint): boolean {
  return tolerations.some(
    ({ key, operator = "Equal", value = "", effect }) =>
      (effect === undefined || effect === taint.effect) &&
      (operator === "Exists"
        ? key === undefined || key === taint.key
        : key === taint.key && value === (taint.value ?? "")),
  );
}

function meets(
  { matchExpressions = [], matchFields = [] }: NodeSelectorTerm,
  name: string,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    matchExpressions.length + matchFields.length > 0 &&
    matchExpressions.every((requirement) => holds(requirement, labels[requirement.key])) &&
    matchFields.every((requirement) => holds(requirement, name))
  );
}

/** Whether a label has the value that is asked for. @param actual undefined where there is no such label */
export function holds(
  { operator, values = [] }: { readonly operator: string; readonly values?: readonly string[] },
  actual: string | undefined,
): boolean {
  switch (operator) {
    case "In":
      return actual !== undefined && values.includes(actual);
    case "NotIn":
      return actual === undefined || !values.includes(actual);
    case "Exists":
      return actual !== undefined;
    case "DoesNotExist":
      return actual === undefined;
    case "Gt":
      return Number(actual) > Number(values[0]);
    case "Lt":
      return Number(actual) < Number(values[0]);
    default:
      return false;
  }
}
