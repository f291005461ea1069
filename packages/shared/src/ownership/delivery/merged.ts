import type { Statement } from "../../iam";

/** The same rights in fewer statements: those that differ in their actions alone are one, and those that differ in their resources alone. */
export function merged(statements: readonly Statement[]): Statement[] {
  return joined(joined(statements, "Resource", "Action"), "Action", "Resource");
}

type Part = "Action" | "Resource";

/** Joins the statements that have one part in common, and are under the same conditions, by the other part. */
function joined(statements: readonly Statement[], common: Part, other: Part): Statement[] {
  const groups = new Map<string, Statement>();
  for (const statement of statements) {
    const { Effect, Condition } = statement;
    const key = JSON.stringify([Effect, [...new Set(statement[common])].sort(), Condition ?? null]);
    const first = groups.get(key);
    const parts = {
      [common]: once(statement[common]),
      [other]: once([...(first?.[other] ?? []), ...statement[other]]),
    };
    const { Action = [], Resource = [] } = parts;
    groups.set(key, { Effect, Action, Resource, ...(Condition === undefined ? {} : { Condition }) });
  }
  return [...groups.values()];
}

/** Each once, in the order in which they came. */
function once(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
