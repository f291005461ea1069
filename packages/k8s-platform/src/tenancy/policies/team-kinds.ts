import { appKindsWith } from "@demarc/shared/exposure";
import { celList } from "./cel";
import type { AdmissionPolicy, PolicyContext, Resources } from "./policy";
import { workloads } from "./workloads";

/**
 * Every kind that a team may write (who adds one has it watched), and every other kind that is a pod or makes pods: RBAC
 * keeps teams from writing those, which is one line only.
 */
export function watchedKinds({ exposures }: Pick<PolicyContext, "exposures">): Resources[] {
  const teams = appKindsWith(exposures).map(({ group, plural }) => ({ group, plurals: [plural] }));
  return byGroup([...teams, ...workloads]);
}

/** Each group once. */
function byGroup(resources: readonly Resources[]): Resources[] {
  const groups = [...new Set(resources.map(({ group }) => group))];
  return groups.map((group) => ({
    group,
    plurals: [...new Set(resources.filter((it) => it.group === group).flatMap(({ plurals }) => plurals))],
  }));
}

/** Whether somebody of a team asks: the platform's own team and the cluster's controllers may more. */
export function byTeam({ teamGroups }: Pick<PolicyContext, "teamGroups">) {
  return {
    name: "byTeam",
    expression: `has(request.userInfo.groups) && request.userInfo.groups.exists(group, group in ${celList(teamGroups)})`,
  };
}

/** Labels and annotations as they are to be, and as they were. */
export const metadataBeforeAndAfter: AdmissionPolicy["variables"] & object = (
  [
    ["labels", "object", "labels"],
    ["annotations", "object", "annotations"],
    ["oldLabels", "oldObject", "labels"],
    ["oldAnnotations", "oldObject", "annotations"],
  ] as const
).map(([name, object, field]) => ({
  name,
  expression: `${object} != null && has(${object}.metadata.${field}) ? ${object}.metadata.${field} : {}`,
}));

/** CEL: whether a label or annotation is as it was. */
export function unchanged(key: string, now: string, before: string): string {
  return `(${key} in ${before} && ${key} in ${now} && ${now}[${key}] == ${before}[${key}])`;
}

/**
 * Metadata of what controllers make of an object: its pods, a CronJob's Jobs, volume claims of a StatefulSet and of pods. Whoever makes
 * those is no team, so a team is asked about the template. A template has its own form in each kind, hence `dyn`.
 */
export const madeOf = [
  { name: "spec", expression: "has(dyn(object).spec) ? dyn(object).spec : {}" },
  { name: "job", expression: "has(variables.spec.jobTemplate) ? variables.spec.jobTemplate : {}" },
  {
    name: "volumes",
    expression: ["variables.spec", "variables.spec.template.spec", "variables.job.spec.template.spec"]
      .map((pod) => whereThere(`${pod}.volumes`))
      .join(" + "),
  },
  {
    name: "made",
    expression: [
      metadataIn("variables.spec", "template"),
      "(has(variables.job.metadata) ? [variables.job.metadata] : [])",
      `(has(variables.job.spec) ? ${metadataIn("variables.job.spec", "template")} : [])`,
      "(has(variables.spec.volumeClaimTemplates) ? variables.spec.volumeClaimTemplates : []).filter(it, has(it.metadata)).map(it, it.metadata)",
      // A claim that lives as long as its pod.
      "variables.volumes.filter(it, has(it.ephemeral) && has(it.ephemeral.volumeClaimTemplate) && has(it.ephemeral.volumeClaimTemplate.metadata)).map(it, it.ephemeral.volumeClaimTemplate.metadata)",
    ].join(" + "),
  },
];

function metadataIn(object: string, field: string): string {
  const template = `${object}.${field}`;
  return `(has(${template}) && has(${template}.metadata) ? [${template}.metadata] : [])`;
}

/** The list at `variables.<name>.<field>.<field>`, or none where one of the fields is not there. */
function whereThere(place: string): string {
  const parts = place.split(".");
  const places = parts.map((_, index) => parts.slice(0, index + 1).join(".")).slice(2);
  return `(${places.map((field) => `has(${field})`).join(" && ")} ? ${place} : [])`;
}

/** CEL: whether no label or annotation of what controllers make is one of which an expression of `key` is true. */
export function noneMade(field: "labels" | "annotations", expression: string): string {
  return `variables.made.all(it, !has(it.${field}) || it.${field}.all(key, !(${expression})))`;
}
