import type { Exposure } from "../environment";
import { kindsOfEveryApp, type NamespacedKind } from "../kubernetes";
import { each, registry } from "./registry";

const own = Object.values(registry).flatMap(({ kinds }) => kinds);

/** Every kind that an app may have in some environment. */
export const appKinds: readonly NamespacedKind[] = withEveryApps(own);

/** The kinds that apps have where they are reached by these exposures. */
export function appKindsWith(exposures: readonly Exposure[]): NamespacedKind[] {
  return withEveryApps(
    each(exposures, ({ kinds, hasKinds }, exposure) => ((hasKinds?.(exposure) ?? true) ? kinds : [])).flat(),
  );
}

/** How many objects of its own kinds an exposure lets each team have, by the kind's name in a quota. */
export const objectCounts: Readonly<Record<string, number>> = Object.fromEntries(
  own.map(({ plural, group, most }) => [`${plural}.${group}`, most]),
);

/** Each once, and those of one API group together, in the order that the groups have there: rules name a group once. */
function withEveryApps(kinds: readonly NamespacedKind[]): NamespacedKind[] {
  const groups = new Set([...kindsOfEveryApp, ...kinds].map(({ group }) => group));
  const all = [...new Set([...kinds, ...kindsOfEveryApp])];
  return [...groups].flatMap((of) => all.filter(({ group }) => group === of));
}
