import { isGone, isMade, isNew, isUnknown } from "../../plan/change";
import type { ResourceChange } from "../../plan/plan";
import type { Found } from "../../finding";
import { goesWith } from "../gone";
import { RESOURCE_POLICIES } from "../resource-policies";
import { isAdministrators, isPublic, type PolicyStatement, statementsIn } from "../statements";
import { growthFound, growthOf, hidden } from "./growth";
import { byHolder, isHeldBy, standingOf } from "./holders";

const POLICY = "policy";

/** Policies that stand in a role, user or group, and the attribute that names it. */
const HELD = {
  aws_iam_group_policy: { kind: "aws_iam_group", by: "group" },
  aws_iam_role_policy: { kind: "aws_iam_role", by: "role" },
  aws_iam_user_policy: { kind: "aws_iam_user", by: "user" },
};

/** What policy documents allow that they did not. */
export function grownPolicies(changes: readonly ResourceChange[]): Found[] {
  const standing = changes.filter(({ actions }) => !actions.includes("forget"));
  return [
    ...grownInHolders(standing),
    ...standing.flatMap(alone),
    ...standing.flatMap((each) => ofResource(each, changes)),
  ];
}

/** All policies of a holder together: a statement that moves from one to another is no growth. */
function grownInHolders(changes: readonly ResourceChange[]): Found[] {
  return byHolder(changes, HELD).flatMap(({ kind, name, held }) => {
    const by = kind.replace("aws_iam_", "");
    const standing = standingOf(kind, name, changes);
    if (standing === "gone") return [];
    const was = held.filter(({ before }) => isHeldBy(before, by, name)).flatMap(({ before }) => read(before?.[POLICY]));
    const will = held
      .filter((change) => isHeldBy(change.after, by, name) || (name === undefined && change.after !== undefined))
      .map((change) => ({ change, statements: read(change.after?.[POLICY]) }));
    const after = will.flatMap(({ statements }) => statements);
    const isHidden = will.some(({ change }) => isUnknown(change, POLICY));
    const denials = standing === "new" || isHidden ? [] : growthOf(was, after).undenied;
    const found = will.flatMap(({ change, statements }) => {
      const unknown = hidden(change, POLICY, standing === "new" || isNew(change));
      if (unknown !== undefined) return unknown;
      const allowed = standing === "new" ? statements.filter(isAdministrators) : growthOf(was, statements).allowed;
      return growthFound(change, POLICY, { allowed, undenied: [] });
    });
    // A Deny is missed where it stood.
    const places = held.filter(({ before }) => isHeldBy(before, by, name));
    return [
      ...found,
      ...places.flatMap((change) => {
        const own = read(change.before?.[POLICY]);
        return growthFound(change, POLICY, { allowed: [], undenied: denials.filter((each) => hasSame(own, each)) });
      }),
    ];
  });
}

function hasSame(statements: readonly PolicyStatement[], one: PolicyStatement): boolean {
  return statements.some((each) => JSON.stringify(each) === JSON.stringify(one));
}

/** A policy that others are given, or that bounds roles. A new one gives nothing yet: attaching it does. */
function alone(change: ResourceChange): Found[] {
  if (change.type !== "aws_iam_policy" || isGone(change)) return [];
  const unknown = hidden(change, POLICY, isNew(change));
  if (unknown !== undefined) return unknown;
  const after = read(change.after?.[POLICY]);
  if (isNew(change)) return growthFound(change, POLICY, { allowed: after.filter(isAdministrators), undenied: [] });
  return growthFound(change, POLICY, growthOf(read(change.before?.[POLICY]), after));
}

/** A policy that hangs from a resource. Whether it lets in the world is told by the rule on exposure. */
function ofResource(change: ResourceChange, changes: readonly ResourceChange[]): Found[] {
  const policy = RESOURCE_POLICIES[change.type];
  if (policy === undefined) return [];
  const { document, of } = policy;
  if (isNew(change)) return hidden(change, document, true) ?? [];
  if (isGone(change) && (of === undefined || goesWith(change, of, changes))) return [];
  const unknown = hidden(change, document, !wasWritten(change, document));
  if (unknown !== undefined) return unknown;
  const { allowed, undenied } = growthOf(read(change.before?.[document]), read(change.after?.[document]));
  return growthFound(change, document, { allowed: allowed.filter((each) => !isPublic(each)), undenied });
}

/** Whether it had statements. A resource that is made anew has another ARN, which its policy may name. */
function wasWritten(change: ResourceChange, document: string): boolean {
  return !isMade(change) && read(change.before?.[document]).length > 0;
}

/** What is no document of statements has been told by `hidden`, or is there already. */
function read(document: unknown): PolicyStatement[] {
  return statementsIn(document) ?? [];
}
