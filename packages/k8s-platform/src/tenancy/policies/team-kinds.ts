import { appKindsWith } from "@demarc/shared/kubernetes";
import { celList } from "./cel";
import type { AdmissionPolicy, PolicyContext, Resources } from "./policy";

/** Every kind that a team may write. Who adds one to appKinds has it watched. */
export function teamKinds({ exposures }: Pick<PolicyContext, "exposures">): Resources[] {
  const kinds = appKindsWith(exposures);
  const groups = [...new Set(kinds.map(({ group }) => group))];
  return groups.map((group) => ({
    group,
    plurals: [...new Set(kinds.filter((kind) => kind.group === group).map(({ plural }) => plural))],
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
