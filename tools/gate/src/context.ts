import type { Environment } from "@demarc/shared/environment";
import type { WorkspaceKind } from "@demarc/shared/workspace";
import type { Allowance } from "./allowances";
import type { ContractUse } from "./uses";

/** What the gate has to know beside a plan. */
export interface GateContext {
  /** Id of the stack that the plan is of, such as `dev-data`. */
  readonly stack: string;
  /** Whose stack it is: nx project, and kind. */
  readonly workspace: { readonly name: string; readonly kind: WorkspaceKind };
  /** How apps are reached in the stack's environment. Empty for the account stack, of which no right hangs from it. */
  readonly exposures: Environment["exposures"];
  /** What all stacks use of contracts; those of other producers are left out. */
  readonly uses: readonly ContractUse[];
  readonly allowances: readonly Allowance[];
  /** Such as `2026-12-01`. */
  readonly today: string;
}
