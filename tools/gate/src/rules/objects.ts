import { isRecord } from "@demarc/shared/json";
import { isSensitive, isUnknown, textOf, textsOf } from "../plan/change";
import type { Attributes, ResourceChange } from "../plan/plan";

/** A Kubernetes object that a release of the objects chart renders (packages/shared/src/kubernetes/objects.ts). */
interface RenderedObject {
  readonly kind: string;
  /** Namespace and name. Empty where Terraform calls the release's values sensitive. */
  readonly name: string;
  /** Address of the release. */
  readonly address: string;
}

/** Kinds that hold state. With a definition all objects of its kind go. */
const HOLDING = [
  "StatefulSet",
  "PersistentVolumeClaim",
  "PersistentVolume",
  "Secret",
  "Namespace",
  "CustomResourceDefinition",
];

/** What releases have now and will not have, of kinds that hold state. */
export function goneObjects(changes: readonly ResourceChange[]): RenderedObject[] {
  return changes
    .filter(({ type, actions }) => type === "helm_release" && !actions.includes("forget"))
    .flatMap((release) => {
      const { address, before, after } = release;
      const kept = objectsIn(after).map(identityOf);
      // Known after an apply only: nothing can be told of them.
      if (isUnknown(release, "values")) return [];
      const isHidden = isSensitive(release, "values");
      return objectsIn(before)
        .filter((object) => HOLDING.includes(String(object["kind"])) && !kept.includes(identityOf(object)))
        .map((object) => ({ address, kind: String(object["kind"]), name: isHidden ? "" : nameOf(object) }));
    });
}

function objectsIn(release: Attributes | undefined): Attributes[] {
  return textsOf(release?.["values"]).flatMap((values) => {
    try {
      const parsed: unknown = JSON.parse(values);
      const objects: unknown = isRecord(parsed) ? parsed["objects"] : undefined;
      return Array.isArray(objects) ? objects.filter(isRecord) : [];
    } catch {
      // Values of a chart that somebody else wrote are YAML.
      return [];
    }
  });
}

function identityOf(object: Attributes): string {
  return JSON.stringify([object["kind"], nameOf(object)]);
}

function nameOf({ metadata }: Attributes): string {
  const { namespace, name } = isRecord(metadata) ? metadata : {};
  return [textOf(namespace), textOf(name)].filter((part) => part !== undefined).join("/");
}
