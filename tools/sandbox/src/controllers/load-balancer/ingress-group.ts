import type { Ingress, IngressClass } from "../kubernetes/kinds";
import { type KubernetesObject, nameOf } from "../kubernetes/object";
import { Annotations } from "./annotations";
import type { Flavor, IngressClassParams } from "./kinds";
import { matchesSelector } from "../kubernetes/selector";

export const INGRESS_ANNOTATIONS = "alb.ingress.kubernetes.io/";

/** An Ingress, and what its class says about it. */
export interface ClassifiedIngress {
  readonly ingress: Ingress;
  readonly params: NonNullable<IngressClassParams["spec"]>;
}

/** Ingresses that share a load balancer. */
export interface IngressGroup {
  /** Its name; `<namespace>/<name>` of the only Ingress of a group of one. */
  readonly id: string;
  readonly explicit: boolean;
  /** Finalizer of its Ingresses. */
  readonly finalizer: string;
  /** In the order of their rules. */
  readonly members: readonly ClassifiedIngress[];
  /** Those that go, or that are no longer the group's, and still have its finalizer. */
  readonly leaving: readonly Ingress[];
}

/** What decides which Ingress is whose. */
export interface IngressObjects {
  readonly ingresses: readonly Ingress[];
  readonly classes: readonly IngressClass[];
  readonly params: readonly IngressClassParams[];
  readonly namespaces: readonly KubernetesObject[];
}

/**
 * The groups of all Ingresses that the controller serves, and those that it served, by their finalizers. A group with an Ingress
 * whose class has gone is left out, as it is: an uninstall takes the class before the controller, and must not take the load
 * balancer with it.
 */
export function ingressGroups(objects: IngressObjects, flavor: Flavor): IngressGroup[] {
  const classified = objects.ingresses.map((ingress) => ({ ingress, ...classify(ingress, objects, flavor) }));
  const ids = new Map<string, boolean>();
  for (const { ingress, id, explicit } of classified) {
    if (id !== undefined) ids.set(id, explicit);
    for (const left of groupsLeft(ingress, flavor)) if (!ids.has(left.id)) ids.set(left.id, left.explicit);
  }
  const undecided = classified.filter((candidate) => candidate.undecided).map(({ ingress }) => ingress);
  for (const { id } of undecided.flatMap((ingress) => groupsLeft(ingress, flavor))) ids.delete(id);
  return [...ids].map(([id, explicit]) => {
    const finalizer = finalizerOf(id, explicit, flavor);
    const members = classified.filter((candidate) => candidate.id === id);
    const leaving = classified.filter(
      (candidate) =>
        candidate.id !== id &&
        hasFinalizer(candidate.ingress, finalizer) &&
        (explicit || nameOf(candidate.ingress) === id),
    );
    return { id, explicit, finalizer, members: inOrder(members), leaving: leaving.map(({ ingress }) => ingress) };
  });
}

/** The group that an Ingress belongs to: none if it goes, or if its class is another controller's. */
function classify(ingress: Ingress, { classes, params, namespaces }: IngressObjects, flavor: Flavor) {
  const none = { id: undefined, explicit: false, params: {}, undecided: false };
  const { ingressClassName } = ingress.spec;
  if (ingress.metadata.deletionTimestamp !== undefined || ingressClassName === undefined) return none;
  const ingressClass = classes.find(({ metadata }) => metadata.name === ingressClassName);
  if (ingressClass === undefined) return { ...none, undecided: true };
  if (ingressClass.spec.controller !== flavor.ingressController) return none;
  const named = ingressClass.spec.parameters?.name;
  const found = params.find(({ metadata }) => metadata.name === named);
  if (named !== undefined && found === undefined) return { ...none, undecided: true };
  const spec = found?.spec ?? {};
  const namespace = namespaces.find(({ metadata }) => metadata.name === ingress.metadata.namespace);
  if (spec.namespaceSelector && !matchesSelector(spec.namespaceSelector, namespace?.metadata.labels ?? {})) return none;
  const group = spec.group?.name ?? new Annotations(ingress, INGRESS_ANNOTATIONS).text("group.name");
  return group === undefined
    ? { ...none, id: nameOf(ingress), params: spec }
    : { ...none, id: group, explicit: true, params: spec };
}

function finalizerOf(id: string, explicit: boolean, { ingressPrefix }: Flavor): string {
  return explicit ? `group.${ingressPrefix}/${id}` : `${ingressPrefix}/resources`;
}

/** Groups whose finalizers an Ingress has. */
function groupsLeft(
  ingress: Ingress,
  { ingressPrefix }: Flavor,
): { readonly id: string; readonly explicit: boolean }[] {
  const prefix = `group.${ingressPrefix}/`;
  const finalizers = ingress.metadata.finalizers ?? [];
  const explicit = finalizers.filter((finalizer) => finalizer.startsWith(prefix));
  return [
    ...explicit.map((finalizer) => ({ id: finalizer.slice(prefix.length), explicit: true })),
    ...(finalizers.includes(`${ingressPrefix}/resources`) ? [{ id: nameOf(ingress), explicit: false }] : []),
  ];
}

export function hasFinalizer({ metadata }: KubernetesObject, finalizer: string): boolean {
  return metadata.finalizers?.includes(finalizer) ?? false;
}

/** By annotation group.order, then by name: rules of the first are tried first. */
function inOrder(members: readonly ClassifiedIngress[]): ClassifiedIngress[] {
  const order = ({ ingress }: ClassifiedIngress) =>
    Number.parseInt(new Annotations(ingress, INGRESS_ANNOTATIONS).text("group.order") ?? "0", 10) || 0;
  return members
    .map(({ ingress, params }) => ({ ingress, params }))
    .sort((one, other) => order(one) - order(other) || (nameOf(one.ingress) < nameOf(other.ingress) ? -1 : 1));
}
