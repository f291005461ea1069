import { isRecord } from "@demarc/shared/json";
import { isSensitive, isUnknown, textOf, textsOf } from "../plan/change";
import type { Attributes, ResourceChange } from "../plan/plan";

/**
 * Where a resource has Kubernetes objects as they are: a release of the objects chart in its values
 * (packages/shared/src/kubernetes/objects.ts), a manifest in its own attribute.
 */
const PLACES: Readonly<
  Record<string, { readonly attribute: string; readonly in: (place: unknown) => unknown[] } | undefined>
> = {
  helm_release: { attribute: "values", in: (values) => textsOf(values).flatMap(objectsOfValues) },
  kubernetes_manifest: { attribute: "manifest", in: (manifest) => [manifest] },
};

/** Values of a chart that somebody else wrote may be YAML, and are no objects. */
function objectsOfValues(values: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(values);
    const objects: unknown = isRecord(parsed) ? parsed["objects"] : undefined;
    return Array.isArray(objects) ? objects : [];
  } catch {
    return [];
  }
}

/** What a plan does with one Kubernetes object that a resource renders. */
export interface ObjectChange {
  readonly kind: string;
  /** Namespace and name. */
  readonly name: string;
  readonly before: Attributes | undefined;
  readonly after: Attributes | undefined;
  /** The resource that renders it. */
  readonly by: ResourceChange;
  /** Whether nothing of it may be printed. */
  readonly isHidden: boolean;
}

/** Every object that resources render now, or will render. Where that is known after an apply only, nothing can be told. */
export function objectChanges(changes: readonly ResourceChange[]): ObjectChange[] {
  return changes.flatMap((by): ObjectChange[] => {
    const place = PLACES[by.type];
    if (place === undefined || by.actions.includes("forget") || isUnknown(by, place.attribute)) return [];
    const [before, after] = [by.before, by.after].map(
      (values) =>
        new Map(
          place
            .in(values?.[place.attribute])
            .filter(isRecord)
            .map((object) => [identityOf(object), object]),
        ),
    );
    const isHidden = isSensitive(by, place.attribute);
    return [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].map((identity) => {
      const objects = { before: before?.get(identity), after: after?.get(identity) };
      const { kind, ...object } = { ...objects.before, ...objects.after };
      return { kind: textOf(kind) ?? "", name: nameOf(object), ...objects, by, isHidden };
    });
  });
}

function identityOf(object: Attributes): string {
  return JSON.stringify([object["kind"], nameOf(object)]);
}

function nameOf({ metadata }: Attributes): string {
  const { namespace, name } = isRecord(metadata) ? metadata : {};
  return [textOf(namespace), textOf(name)].filter((part) => part !== undefined).join("/");
}
