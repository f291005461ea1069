import { isSensitive, isUnknown } from "../../plan/change";
import type { ResourceChange } from "../../plan/plan";
import type { Found } from "../../finding";
import { isCovered, type PolicyStatement, shown, statementsIn } from "../statements";

/** What is allowed now and was not: statements that are new, and Denies that go. */
export interface Growth {
  readonly allowed: readonly PolicyStatement[];
  readonly undenied: readonly PolicyStatement[];
}

export function growthOf(before: readonly PolicyStatement[], after: readonly PolicyStatement[]): Growth {
  return {
    allowed: after.filter((statement) => statement.effect === "Allow" && !isCovered(statement, before)),
    undenied: before.filter((statement) => statement.effect === "Deny" && !isCovered(statement, after)),
  };
}

/** @param attribute that has the statements */
export function growthFound(change: ResourceChange, attribute: string, { allowed, undenied }: Growth): Found[] {
  if (allowed.length + undenied.length === 0) return [];
  const isHidden = isSensitive(change, attribute);
  const lines = [
    ...allowed.map((statement) => `would be new: ${shown(statement)}`),
    ...undenied.map((statement) => `would go: ${shown(statement)}`),
  ];
  const reason = isHidden
    ? `${attribute} would allow more (it is marked sensitive)`
    : `${attribute}: ${lines.join("; ")}`;
  return [{ rule: "permissions", address: change.address, reason }];
}

/**
 * What to say of a policy of which nobody can see what it will allow.
 * @param isFirst whether it allows nothing now that could grow
 * @returns undefined where it can be seen
 */
export function hidden(change: ResourceChange, attribute: string, isFirst: boolean): Found[] | undefined {
  if (isUnknown(change, attribute)) {
    return isFirst ? [] : [unseen(change, `${attribute} will be known after the apply only`)];
  }
  if (statementsIn(change.after?.[attribute]) !== undefined) return undefined;
  return [unseen(change, `${attribute} is no plain document of statements`)];
}

/** @param why such as "rule will be known after the apply only" */
export function unseen({ address }: ResourceChange, why: string): Found {
  return { rule: "unseen", address, reason: `${why}: nobody can see whether it allows more than now` };
}
