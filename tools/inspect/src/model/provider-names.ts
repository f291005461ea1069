import { isRecord } from "@demarc/shared/json";

/** Kinds whose name is not their resource's with capitals: `kubernetes_api_service_v1`. */
const KINDS: Readonly<Record<string, string>> = { ApiService: "APIService", CsiDriver: "CSIDriver" };

/** Lists that the provider names by one entry, as a block of Terraform's is, and Kubernetes by all. */
const LISTS: Readonly<Record<string, string>> = {
  rule: "rules",
  path: "paths",
  port: "ports",
  subject: "subjects",
  container: "containers",
  initContainer: "initContainers",
  volume: "volumes",
  volumeMount: "volumeMounts",
  volumeClaimTemplate: "volumeClaimTemplates",
};

/** Maps whose keys are somebody's own words, and no arguments. */
const OWN_KEYS = ["annotations", "labels", "match_labels", "selector", "data", "binary_data", "parameters", "hard"];

/** Kind of the objects that a resource of the kubernetes provider makes. @returns undefined for a resource of another one */
export function kindOf(type: string): string | undefined {
  const [, name] = /^kubernetes_(.+?)(?:_v\d+(?:(?:alpha|beta)\d+)?)?$/.exec(type) ?? [];
  if (name === undefined) return undefined;
  const kind = name
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
  return KINDS[kind] ?? kind;
}

/** Arguments of a resource of the kubernetes provider under the names that Kubernetes has for them. */
export function asKubernetes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asKubernetes);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (OWN_KEYS.includes(key) && isRecord(inner)) return [key.replace(/_(\w)/g, upper), inner];
      const name = key.replace(/_(\w)/g, upper);
      return [Array.isArray(inner) ? (LISTS[name] ?? name) : name, asKubernetes(inner)];
    }),
  );
}

function upper(_: string, letter: string): string {
  return letter.toUpperCase();
}
