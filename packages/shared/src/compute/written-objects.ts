import { isRecord } from "../json";
import { helmValuesJson } from "../kubernetes";

/** An object of Kubernetes that a stack is to make, with the names that Kubernetes has for fields. */
export interface WrittenObject {
  /** Such as "deployment": the kind in lower case, which Terraform's and Kubernetes' names have in common. */
  readonly kind: string;
  /** What messages call it, such as "Deployment petstore". */
  readonly called: string;
  readonly fields: Fields;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Fields that Terraform's blocks have by another name than Kubernetes: one block each in place of a list. */
const PLURALS: Readonly<Record<string, string>> = {
  container: "containers",
  initContainer: "initContainers",
  nodeSelectorTerm: "nodeSelectorTerms",
  port: "ports",
  volume: "volumes",
  volumeClaimTemplate: "volumeClaimTemplates",
};

/**
 * All objects of Kubernetes in a stack, those of Terraform's typed resources and those that the objects chart renders. What other charts
 * render is not among them.
 * @param json content of its cdk.tf.json
 */
export function writtenObjects(json: unknown): WrittenObject[] {
  const types = at(json, "resource");
  if (!isRecord(types)) return [];
  return Object.entries(types).flatMap(([type, named]) =>
    Object.values(isRecord(named) ? named : {}).flatMap((block) =>
      type === "helm_release" ? objectsOf(block).map(rendered) : typed(type, block),
    ),
  );
}

/** What stands at that place; a block that Terraform's JSON has in a list of one stands there too. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((found, key) => {
    const one: unknown = Array.isArray(found) && found.length === 1 ? found[0] : found;
    return isRecord(one) ? one[key] : undefined;
  }, value);
}

/** The same as a list: of the blocks, or of the only one. */
export function all(value: unknown, ...path: readonly string[]): unknown[] {
  const found = at(value, ...path);
  if (found === undefined || found === null) return [];
  return Array.isArray(found) ? found : [found];
}

/** The spec of the pod that an object is or makes. Undefined: it makes none. */
export function podOf({ kind, fields }: WrittenObject): Fields | undefined {
  const template = kind === "cronjob" ? ["jobTemplate", "spec", "template", "spec"] : ["template", "spec"];
  const spec = at(fields, "spec", ...(kind === "pod" ? [] : template));
  const one: unknown = Array.isArray(spec) ? spec[0] : spec;
  return isRecord(one) && one["containers"] !== undefined ? one : undefined;
}

function typed(type: string, block: unknown): WrittenObject[] {
  const [, kind] = /^kubernetes_(\w+?)(?:_v\d+)?$/.exec(type) ?? [];
  if (kind === undefined) return [];
  const fields = kubernetesNames(block);
  return isRecord(fields) ? [objectOf(kind.replaceAll("_", ""), fields)] : [];
}

function rendered(object: Fields): WrittenObject {
  return objectOf(String(object["kind"]), object);
}

function objectOf(kind: string, fields: Fields): WrittenObject {
  return { kind: kind.toLowerCase(), called: `${kind} ${String(at(fields, "metadata", "name"))}`, fields };
}

/** The objects that a release of the objects chart renders. */
function objectsOf(release: unknown): Fields[] {
  const [values] = all(release, "values");
  if (typeof values !== "string") return [];
  try {
    return all(JSON.parse(helmValuesJson(values)), "objects").filter(isRecord);
  } catch {
    // Of another chart, which may be given YAML.
    return [];
  }
}

function kubernetesNames(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(kubernetesNames);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    const name = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return [PLURALS[name] ?? name, kubernetesNames(inner)] as const;
  });
  return Object.fromEntries(entries);
}
