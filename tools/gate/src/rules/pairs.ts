import { isDeepStrictEqual } from "node:util";
import { isGone, isNew } from "../plan/change";
import type { ResourceChange } from "../plan/plan";
import { DEPENDED_ON } from "./depended-on";
import { losesState } from "./state-holding";

/** What is destroyed under one address, and made under another one. */
export interface Pair {
  readonly from: ResourceChange;
  readonly to: ResourceChange;
}

/**
 * Resources that look like one whose construct got another id: of a type that must not be lost, one destroyed and one made. Of several
 * of a type, those belong together that have most attributes in common.
 */
export function pairedRenames(changes: readonly ResourceChange[]): Pair[] {
  const lost = changes.filter(
    (change) => isGone(change) && (losesState(change) || DEPENDED_ON[change.type] !== undefined),
  );
  const candidates = lost
    .flatMap((from) =>
      changes
        .filter((to) => to.type === from.type && isNew(to))
        .map((to) => ({ from, to, likeness: likenessOf(from, to) })),
    )
    .sort((one, other) => other.likeness - one.likeness);
  const pairs: Pair[] = [];
  for (const { from, to } of candidates) {
    if (pairs.some((pair) => pair.from === from || pair.to === to)) continue;
    pairs.push({ from, to });
  }
  return pairs.sort((one, other) => lost.indexOf(one.from) - lost.indexOf(other.from));
}

/** How many attributes of both are the same. */
function likenessOf({ before = {} }: ResourceChange, { after = {} }: ResourceChange): number {
  return Object.entries(after).filter(
    ([name, value]) => value !== null && value !== undefined && isDeepStrictEqual(value, before[name]),
  ).length;
}
