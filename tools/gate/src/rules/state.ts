import { fateOf } from "../plan/change";
import type { ResourceChange } from "../plan/plan";
import type { Found } from "../finding";
import { goneObjects } from "./objects";
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
  const objects = goneObjects(changes).map(({ address, kind, name }): Found => {
    return { rule: "state", address, reason: `${kind} ${name} of the release would be destroyed, and holds state` };
  });
  return [...resources, ...objects];
}
