import { isGone } from "../plan/change";
import type { ResourceChange } from "../plan/plan";

/** Attributes by which others name a resource. */
const NAMES = ["id", "arn", "name", "url", "key_id"];

/** Whether what a resource hangs from goes in the same plan. @param by attribute that names it */
export function goesWith({ before = {} }: ResourceChange, by: string, changes: readonly ResourceChange[]): boolean {
  const named = before[by];
  return (
    typeof named === "string" &&
    changes.some((other) => isGone(other) && NAMES.some((name) => other.before?.[name] === named))
  );
}
