import { fateOf, isDestroyed, isGone, textOf } from "../plan/change";
import type { ResourceChange } from "../plan/plan";
import type { Found } from "../finding";
import { DEPENDED_ON } from "./depended-on";
import { pairedRenames } from "./pairs";

/** Policies go and come with their role. */
const PARTS_OF_ROLE = [
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_role_policies_exclusive",
];

/** What others stand on, and would be destroyed or replaced. */
export function lostDependents(changes: readonly ResourceChange[]): Found[] {
  const renamed = new Set(pairedRenames(changes).map(({ from }) => from));
  return changes
    .filter((change) => isDestroyed(change) && !renamed.has(change))
    .flatMap((change): Found[] => {
      const why = DEPENDED_ON[change.type] ?? usersOf(change, changes);
      if (why === undefined) return [];
      return [{ rule: "dependents", address: change.address, reason: `${fateOf(change)}, and ${why}` }];
    });
}

/** What else of the plan has a role, and keeps it. @returns undefined for what is no role, or nobody's */
function usersOf({ type, before = {} }: ResourceChange, changes: readonly ResourceChange[]): string | undefined {
  const arn = textOf(before["arn"]);
  if (type !== "aws_iam_role" || arn === undefined) return undefined;
  const users = changes
    .filter((other) => !isGone(other) && !PARTS_OF_ROLE.includes(other.type))
    // What is known after an apply only is not in `after`: then it counts what is there now.
    .filter(({ before: now, after = {} }) => names(after, arn) || (names(now, arn) && !names(after, ARN)))
    .map(({ address }) => address);
  return users.length === 0 ? undefined : `a role in use, by ${users.join(", ")}`;
}

const ARN = ":iam::";

function names(values: unknown, text: string): boolean {
  return JSON.stringify(values ?? {}).includes(text);
}
