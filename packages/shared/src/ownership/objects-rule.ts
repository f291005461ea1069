import { apiVersion, appKindsWith, objectsChartPath, parseHelmValues } from "../kubernetes";
import { isRecord } from "../json";
import type { Condition, JudgedStack } from "./condition";

/** An app may have Helm render its own namespaced objects, and nothing else. */
export const ownObjects: Condition = {
  rule: "an app makes releases of the objects chart only (new Objects), of the kinds in packages/shared/src/kubernetes/kinds.ts, in its team's namespace",
  faults: (release, own) => {
    if (release["chart"] !== objectsChartPath() || release["repository"] !== undefined) {
      return [`${shown(release["chart"])} is not the objects chart; k8s-platform installs charts`];
    }
    const objects = objectsOf(release);
    if (objects === undefined) return ["its values are not just the objects that it was given"];
    return [
      ...namespaceFaults(release["namespace"], "the release", own),
      ...objects.flatMap((it) => faultsOf(it, own)),
    ];
  },
};

/** The objects that a release renders, where its values are as `Objects` writes them. */
function objectsOf(release: Readonly<Record<string, unknown>>): unknown[] | undefined {
  const { values, set, set_list, set_sensitive, postrender } = release;
  if ([set, set_list, set_sensitive, postrender].some((other) => other !== undefined)) return undefined;
  if (!Array.isArray(values) || values.length !== 1 || typeof values[0] !== "string") return undefined;
  const objects = field(parseHelmValues(values[0]), "objects");
  return Array.isArray(objects) ? objects : undefined;
}

function faultsOf(object: unknown, own: JudgedStack): string[] {
  const { apiVersion: version, kind, metadata } = { ...record(object) };
  const name = `${shown(kind)} ${shown(field(metadata, "name"))}`;
  const known = appKindsWith(own.environment.exposures.map((exposure) => exposure.kind));
  if (!known.some((it) => it.kind === kind && apiVersion(it) === version)) {
    return [`${name} of ${shown(version)} belongs to k8s-platform, or comes with another exposure`];
  }
  const namespace = field(metadata, "namespace");
  return namespace === undefined ? [] : namespaceFaults(namespace, name, own);
}

function namespaceFaults(namespace: unknown, what: string, { owner }: JudgedStack): string[] {
  if (namespace === owner || (typeof namespace === "string" && isNamespaceOf(owner, namespace))) return [];
  return [`${what} is in namespace ${shown(namespace)} and its team is ${owner}`];
}

/** The platform contract's word for the namespace of a team, as a reference. */
function isNamespaceOf(team: string, reference: string): boolean {
  const path = /^\$\{data\.terraform_remote_state\.[\w-]+\.outputs\.platform_v\d+\.namespaces(?<key>[^}]+)\}$/;
  const key = path.exec(reference)?.groups?.["key"];
  return key === `.${team}` || key === `["${team}"]`;
}

function field(value: unknown, key: string): unknown {
  return record(value)[key];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function shown(value: unknown): string {
  if (value === undefined) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
