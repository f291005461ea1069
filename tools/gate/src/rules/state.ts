import { fateOf } from "../plan/change";
import type { ResourceChange } from "../plan/plan";
import type { Found } from "../finding";
import { objectChanges } from "./objects";
import { pairedRenames } from "./pairs";
import { HOLDS_STATE, losesState } from "./state-holding";

/** What holds state, and would be destroyed or replaced. A construct that was renamed is told by its own rule. */
export function lostState(changes: readonly ResourceChange[]): Found[] {
  const renamed = new Set(pairedRenames(changes).map(({ from }) => from));
  const resources = changes
    .filter((change) => losesState(change) && !renamed.has(change))
    .map((change): Found => {
      const { address, type } = change;
      return { rule: "state", address, reason: `${fateOf(change)}, and holds state: ${HOLDS_STATE[type] ?? type}` };
    });
  return [...resources, ...lostObjects(changes)];
}

/** Kinds that hold state. With a definition all objects of its kind go. */
const HOLDING = [
  "CustomResourceDefinition",
  "Namespace",
  "PersistentVolume",
  "PersistentVolumeClaim",
  "Secret",
  "StatefulSet",
];

function lostObjects(changes: readonly ResourceChange[]): Found[] {
  return objectChanges(changes)
    .filter(({ kind, after }) => HOLDING.includes(kind) && after === undefined)
    .map(({ kind, name, by: { address }, isHidden }) => ({
      rule: "state",
      address,
      reason: `${isHidden ? kind : `${kind} ${name}`} would be destroyed, and holds state`,
    }));
}
