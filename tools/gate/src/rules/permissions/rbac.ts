import { blocksOf, isGone, isNew, isSensitive, isUnknown, textOf, textsOf } from "../../plan/change";
import type { Attributes, ResourceChange } from "../../plan/plan";
import type { Found } from "../../finding";
import { unseen } from "./growth";
import { renderedRbac } from "./rendered-rbac";

/** One verb on one resource of one group; or on one path of the API server. */
interface Right {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
  /** The one object that it is about. Undefined: all. */
  readonly name: string | undefined;
}

/** Verbs by which whoever has them gets what others have: https://kubernetes.io/docs/concepts/security/rbac-good-practices/. */
const ESCALATING = ["*", "bind", "escalate", "impersonate"];

const ROLES = /^kubernetes_(cluster_)?role(_v1)?$/;
const BINDINGS = /^kubernetes_(cluster_)?role_binding(_v1)?$/;

/** What roles of a cluster allow that they did not, and who is given which role. */
export function grownRbac(given: readonly ResourceChange[]): Found[] {
  const changes = [...given, ...renderedRbac(given)];
  return changes
    .filter((change) => !isGone(change) && !change.actions.includes("forget"))
    .flatMap((change) => {
      if (ROLES.test(change.type)) return grownRole(change);
      return BINDINGS.test(change.type) ? grownBinding(change, changes) : [];
    });
}

function grownRole(change: ResourceChange): Found[] {
  if (isUnknown(change, "rule"))
    return isNew(change) ? [] : [unseen(change, "rule will be known after the apply only")];
  const [was, will] = [rightsOf(change.before), rightsOf(change.after)];
  const isGrowth = isNew(change)
    ? ({ verb, resource }: Right) => ESCALATING.includes(verb) && (verb !== "*" || resource === "*")
    : (right: Right) => !was.some((other) => holds(other, right));
  const grown = will
    .filter(isGrowth)
    .map(({ group, resource, verb }) => `${verb} ${group === "" ? "" : `${group}/`}${resource}`);
  const aggregated = aggregates(change);
  if (grown.length === 0 && aggregated.length === 0) return [];
  const texts = isSensitive(change, "rule") ? ["more (it is marked sensitive)"] : [...new Set(grown)];
  return [
    {
      rule: "permissions",
      address: change.address,
      reason: `rule: would be new: ${[...texts, ...aggregated].join(", ")}`,
    },
  ];
}

/** Rules that come from roles with labels are nobody's to see. */
function aggregates({ before, after }: ResourceChange): string[] {
  const [was, will] = [before, after].map((values) => JSON.stringify(blocksOf(values?.["aggregation_rule"])));
  return was === will || blocksOf(after?.["aggregation_rule"]).length === 0
    ? []
    : ["all of the roles that it aggregates"];
}

function rightsOf(role: Attributes | undefined): Right[] {
  return blocksOf(role?.["rule"]).flatMap((rule) => {
    const names = textsOf(rule["resource_names"]);
    const resources = textsOf(rule["resources"]).flatMap((resource) =>
      textsOf(rule["api_groups"]).map((group) => ({ group, resource })),
    );
    const paths = textsOf(rule["non_resource_urls"]).map((resource) => ({ group: "", resource }));
    return [...resources, ...paths].flatMap((place) =>
      textsOf(rule["verbs"]).flatMap((verb) =>
        (names.length === 0 ? [undefined] : names).map((name) => ({ ...place, verb, name })),
      ),
    );
  });
}

function holds(outer: Right, inner: Right): boolean {
  return (
    ["*", inner.group].includes(outer.group) &&
    ["*", inner.resource].includes(outer.resource) &&
    ["*", inner.verb].includes(outer.verb) &&
    (outer.name === undefined || outer.name === inner.name)
  );
}

function grownBinding(change: ResourceChange, changes: readonly ResourceChange[]): Found[] {
  const { address, before, after } = change;
  if (isUnknown(change, "subject") || isUnknown(change, "role_ref")) {
    return isNew(change) ? [] : [unseen(change, "subject or role_ref will be known after the apply only")];
  }
  const had = before !== undefined && sameRole(before, after) ? subjectsOf(before) : [];
  const more = subjectsOf(after).filter((subject) => !had.includes(subject));
  const [role] = blocksOf(after?.["role_ref"]);
  if (more.length === 0 || (before === undefined && isMadeHere(role, changes))) return [];
  if (isSensitive(change, "subject") || isSensitive(change, "role_ref")) {
    return [{ rule: "permissions", address, reason: "a role would be given to more (they are marked sensitive)" }];
  }
  return [
    {
      rule: "permissions",
      address,
      reason: `would be given ${text(role?.["kind"])} ${text(role?.["name"])}: ${more.join(", ")}`,
    },
  ];
}

/** A role that the plan makes gives nobody what somebody has already. */
function isMadeHere(role: Attributes | undefined, changes: readonly ResourceChange[]): boolean {
  const named = changes.filter(
    ({ type, after }) => ROLES.test(type) && blocksOf(after?.["metadata"]).some(({ name }) => name === role?.["name"]),
  );
  return named.length > 0 && named.every(isNew);
}

function sameRole(one: Attributes, other: Attributes | undefined): boolean {
  return JSON.stringify(one["role_ref"]) === JSON.stringify(other?.["role_ref"]);
}

function subjectsOf(binding: Attributes | undefined): string[] {
  return blocksOf(binding?.["subject"]).map(({ kind, namespace, name }) =>
    [text(kind), textOf(namespace), text(name)].filter((part) => part !== undefined && part !== "").join(" "),
  );
}

function text(value: unknown): string {
  return textOf(value) ?? "";
}
