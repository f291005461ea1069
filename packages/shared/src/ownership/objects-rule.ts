import { appKindsWith } from "../exposure";
import { apiVersion, helmValuesJson, objectsChartPath } from "../kubernetes";
import { isRecord, unambiguousJson } from "../json";
import { type Arguments, type Condition, type JudgedStack, shown, unlisted } from "./condition";
import { namespacesOf, unknownTemplates } from "./reference";

/** What `Objects` writes. `set`, `postrender` and their kin would change what was looked at. */
const ARGUMENTS = [
  "name",
  "namespace",
  "chart",
  "values",
  "atomic",
  "cleanup_on_fail",
  "upgrade_install",
  "wait",
  "timeout",
  "max_history",
  "depends_on",
  "lifecycle",
];

/** An app may have Helm render its own namespaced objects, and nothing else. */
export const ownObjects: Condition = {
  rule: "an app makes releases of the objects chart only (new Objects), of the kinds in packages/shared/src/kubernetes/kinds.ts and of the environment's exposures (packages/shared/src/exposure), in its team's namespace",
  faults: (release, own) => {
    if (release["chart"] !== objectsChartPath() || release["repository"] !== undefined) {
      return [`${shown(release["chart"])} is not the objects chart; k8s-platform installs charts`];
    }
    const objects = objectsOf(release);
    if (objects === undefined) return ["its values are not just the objects that it was given"];
    return [
      ...unlisted(release, ARGUMENTS),
      ...namespaceFaults(release["namespace"], "the release", own),
      ...objects.flatMap((it) => faultsOf(it, own)),
    ];
  },
};

/** The objects that a release renders, where its values are as `Objects` writes them. */
function objectsOf({ values }: Arguments): unknown[] | undefined {
  if (!Array.isArray(values) || values.length !== 1 || typeof values[0] !== "string") return undefined;
  if (unknownTemplates(values[0]).length > 0) return undefined;
  const objects = field(unambiguousJson(helmValuesJson(values[0])), "objects");
  return Array.isArray(objects) ? objects : undefined;
}

function faultsOf(object: unknown, own: JudgedStack): string[] {
  const { apiVersion: version, kind, metadata } = { ...record(object) };
  const name = `${shown(kind)} ${shown(field(metadata, "name"))}`;
  const known = appKindsWith(own.environment.exposures);
  if (!known.some((it) => it.kind === kind && apiVersion(it) === version)) {
    return [`${name} of ${shown(version)} belongs to k8s-platform, or comes with another exposure`];
  }
  const namespace = field(metadata, "namespace");
  return namespace === undefined ? [] : namespaceFaults(namespace, name, own);
}

/** What Terraform makes by a typed resource is in the team's namespace; all such kinds have one. */
export const ownNamespace: Condition = {
  rule: "an app creates objects in its team's namespace only: metadata.namespace is the stack's `namespace`",
  // An autoscaler sets the replicas of a Deployment.
  ignorable: ["spec"],
  faults: ({ metadata }, own) => {
    const blocks = Array.isArray(metadata) ? metadata : [metadata];
    return blocks.flatMap((block: unknown) => namespaceFaults(field(block, "namespace"), "it", own));
  },
};

function namespaceFaults(namespace: unknown, what: string, { owner }: JudgedStack): string[] {
  if (namespacesOf(owner).some((own) => own === namespace)) return [];
  return [`${what} is in namespace ${shown(namespace)} and its team is ${owner}`];
}

function field(value: unknown, key: string): unknown {
  return record(value)[key];
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
