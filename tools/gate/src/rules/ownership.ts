import type { Environment } from "@demarc/shared/environment";
import { ownersOf, rightTo } from "@demarc/shared/ownership";
import type { ResourceChange } from "../plan/plan";
import type { Found } from "../finding";
import type { GateContext } from "../context";

/** Actions that leave everything as it is. */
const UNTOUCHED = ["no-op", "read", "forget"];

/** Resources of types that the workspace has no right to make. To take one away is the way out, and passes. */
export function foreignTypes(
  changes: readonly ResourceChange[],
  { name, kind }: GateContext["workspace"],
  exposures: Environment["exposures"],
): Found[] {
  return changes
    .filter(({ actions, isImported }) => isImported || !actions.every((action) => UNTOUCHED.includes(action)))
    .filter(({ actions, type }) => !isRemoval(actions) && rightTo("create", kind, type, { exposures }) === undefined)
    .map(({ address, type }) => {
      const owners = ownersOf(type, { exposures });
      const whose = owners === "" ? "no workspace may" : `it belongs to ${owners}`;
      return {
        rule: "ownership",
        address,
        reason: `${name} may not make ${type}; ${whose} (packages/shared/src/ownership/rights.ts)`,
      };
    });
}

function isRemoval(actions: readonly string[]): boolean {
  return actions.every((action) => action === "delete");
}
