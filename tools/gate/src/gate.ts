import { judged } from "./allowances";
import type { GateContext } from "./context";
import type { Finding, Found } from "./finding";
import type { Plan } from "./plan/plan";
import { brokenContracts } from "./rules/contracts";
import { lostDependents } from "./rules/dependents";
import { newExposure } from "./rules/exposure";
import { foreignTypes } from "./rules/ownership";
import { grownPermissions } from "./rules/permissions";
import { renames } from "./rules/renames";
import { lostState } from "./rules/state";

/** Every rule, in the order in which findings are told. */
const rules: readonly ((plan: Plan, context: GateContext) => Found[])[] = [
  (plan, { workspace }) => renames(plan.changes, workspace.kind),
  ({ changes }) => lostState(changes),
  ({ changes }) => lostDependents(changes),
  ({ outputs }, { stack, uses }) =>
    brokenContracts(
      outputs,
      uses.filter(({ producer }) => producer === stack),
    ),
  ({ changes }, { workspace, exposures }) => foreignTypes(changes, workspace, exposures),
  ({ changes }) => newExposure(changes),
  ({ changes }) => grownPermissions(changes),
];

/**
 * What a plan does that somebody has to decide first, or has decided: everything at once. It reads nothing but what it is given, and
 * its texts hold no value that Terraform calls sensitive.
 * @returns findings of which the `refused` ones stop the plan; none where nothing is to be said
 */
export function gatePlan(plan: Plan, context: GateContext): Finding[] {
  const found = rules.flatMap((rule) => rule(plan, context));
  return judged(found, context.stack, context.allowances, context.today);
}
