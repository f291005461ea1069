import { allowancesOf, type ContractUse, type Finding, gatePlan, type Plan, usesOf, withDeployed } from "@demarc/gate";
import { accountStackId, type Environment } from "@demarc/shared/environment";
import type { WorkspaceKind } from "@demarc/shared/workspace";
import { deployedUses } from "../deployed/records";
import { jsonOf } from "../deployed/uses";
import type { StackGraph } from "../graph";
import type { Setting } from "../setting";
import { changesIn } from "./changes";
import type { Found } from "./found";
import type { SavedPlan } from "./saved-plan";

/** Says what of a plan somebody has to decide first. */
export type Gate = (found: readonly Found[], graph: StackGraph) => Promise<Finding[]>;

/** Whose records and allowances the gate reads. */
type Asking = Pick<Setting, "root" | "states">;

/** A stack, and what Terraform plans to do with it. */
interface PlannedStack {
  readonly id: string;
  /** Name of its project. */
  readonly project: string;
  readonly plan: Plan;
}

/** The gate of a repository: what its stacks use of each other, what is used as it is deployed, and what its workspaces allow. */
export function gateOf(environment: Environment, asking: Asking): Gate {
  return (found, graph) => {
    const stacks = found.flatMap(({ plan, placed: { id, target } }) =>
      plan === undefined ? [] : { id, project: target.project.name, plan },
    );
    return findingsIn(stacks, usesIn(graph), environment, asking);
  };
}

/** What the stacks of an environment use of each other's contracts. */
export function usesIn({ stacks }: StackGraph): ContractUse[] {
  return usesOf(stacks.map(({ id, stack }) => ({ id, json: jsonOf(stack.directory) })));
}

/**
 * The same of a saved plan that is about to be applied: since it was made, an allowance may have expired, and a deploy in between may
 * use what it drops. Nothing is synthesized: what this plan's own stacks use is known of it.
 */
export function gateSaved(
  stacks: readonly PlannedStack[],
  plan: SavedPlan,
  environment: Environment,
  asking: Asking,
): Promise<Finding[]> {
  const own = [...plan.stacks, ...plan.unchanged];
  const uses = own.flatMap(({ id: consumer, uses }) => uses.map((use) => ({ ...use, consumer })));
  return findingsIn(stacks, uses, environment, asking);
}

async function findingsIn(
  stacks: readonly PlannedStack[],
  uses: readonly ContractUse[],
  environment: Environment,
  { root, states }: Asking,
): Promise<Finding[]> {
  const isPublished = stacks.some(({ plan }) => changesIn(plan).outputs.length > 0);
  const all = isPublished ? withDeployed(uses, await deployedUses(environment, states)) : uses;
  const today = new Date().toISOString().slice(0, 10);
  return stacks.flatMap(({ id, project, plan }) => {
    const workspace = { name: project, kind: kindOf(project) };
    const exposures = id === accountStackId(environment) ? [] : environment.exposures;
    const allowances = allowancesOf(workspace, root);
    return gatePlan(plan, { stack: id, workspace, exposures, uses: all, today, allowances });
  });
}

function kindOf(project: string): WorkspaceKind {
  return project === "infra" || project === "k8s-platform" ? project : "apps";
}
