import { isGone, isNew, isUnknown, textOf } from "../../plan/change";
import type { ResourceChange } from "../../plan/plan";

/** What a plan says of one who holds permissions. */
export type Standing = "new" | "gone" | "stays";

/**
 * Whether a holder is made in the plan, goes with it, or stays.
 * @param name undefined where it is known after an apply only: then the plan makes it
 */
export function standingOf(kind: string, name: string | undefined, changes: readonly ResourceChange[]): Standing {
  if (name === undefined) return "new";
  const named = changes.filter(
    ({ type, before, after }) => type === kind && (after?.["name"] === name || before?.["name"] === name),
  );
  if (named.length > 0 && named.every(isGone)) return "gone";
  return named.length > 0 && named.every(isNew) ? "new" : "stays";
}

/** Resources of some types, by who holds them. */
export function byHolder(
  changes: readonly ResourceChange[],
  types: Readonly<Record<string, { readonly kind: string; readonly by: string }>>,
): { readonly kind: string; readonly name: string | undefined; readonly held: readonly ResourceChange[] }[] {
  const found = new Map<string, { kind: string; name: string | undefined; held: ResourceChange[] }>();
  for (const change of changes) {
    const type = Object.hasOwn(types, change.type) ? types[change.type] : undefined;
    if (type === undefined || change.actions.includes("forget")) continue;
    // What moves from one holder to another is held by the one who has it then, and new to that one.
    for (const name of namesIn(change, type.by)) {
      const key = JSON.stringify([type.kind, name]);
      const group = found.get(key) ?? { kind: type.kind, name, held: [] };
      group.held.push(change);
      found.set(key, group);
    }
  }
  return [...found.values()];
}

function namesIn(change: ResourceChange, by: string): (string | undefined)[] {
  const before = textOf(change.before?.[by]);
  const after = isUnknown(change, by) ? undefined : textOf(change.after?.[by]);
  if (change.after === undefined) return [before];
  return before === undefined || before === after ? [after] : [before, after];
}

/** Whether a resource is held by somebody before, or after. */
export function isHeldBy(values: Readonly<Record<string, unknown>> | undefined, by: string, name: string | undefined) {
  return values !== undefined && textOf(values[by]) === name;
}
