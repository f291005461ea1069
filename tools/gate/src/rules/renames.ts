import type { WorkspaceKind } from "@demarc/shared/workspace";
import type { ResourceChange } from "../plan/plan";
import type { Found } from "../finding";
import { pairedRenames } from "./pairs";
import { losesState } from "./state-holding";

/** The check of an app's stack lets no `moved` in (packages/shared/src/ownership/sections.ts). */
const MAY_MOVE: Readonly<Record<WorkspaceKind, boolean>> = { infra: true, "k8s-platform": true, apps: false };

/** Constructs that seem to have another id now: what holds state would be made anew, and empty. */
export function renames(changes: readonly ResourceChange[], kind: WorkspaceKind): Found[] {
  return pairedRenames(changes).map(({ from, to }) => {
    const move = `moved { from = ${from.address}  to = ${to.address} }, in CDKTF resource.moveFromId("${from.address}")`;
    const id = "give the construct its old id again";
    return {
      // Whoever stands on it reviews it, whatever is made beside it.
      rule: losesState(from) ? "rename" : "dependents",
      address: from.address,
      reason: `would be destroyed, and ${to.address} of the same type be made: a construct that got another id loses what it holds`,
      instead: MAY_MOVE[kind] ? `Where both are one thing, write ${move}; or ${id}` : `Where both are one thing, ${id}`,
    };
  });
}
