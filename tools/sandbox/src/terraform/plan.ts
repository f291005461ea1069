import path from "node:path";
import { atOnce, type DeployableStack, type Planned, type PlannedAction, planStack } from "@demarc/deploy";
import type { Layout } from "../layout";

/**
 * Plans stacks, a few at once.
 * @param variablesOf environment that a stack is planned in
 * @param folders `logs` for all that Terraform prints, a file for each stack; `inits` for what is kept from one plan to the next
 * @param planned called with each one as it is done
 */
export async function planStacks(
  stacks: readonly DeployableStack[],
  variablesOf: (stack: DeployableStack) => Promise<NodeJS.ProcessEnv>,
  { logs, inits }: Pick<Layout, "logs" | "inits">,
  planned: (stack: DeployableStack, result: Planned, milliseconds: number) => void,
  action: PlannedAction = "deploy",
): Promise<Planned[]> {
  return atOnce(stacks, async (stack) => {
    const started = Date.now();
    const { id, directory } = stack;
    const variables = await variablesOf(stack);
    const result = await planStack({
      directory,
      variables,
      action,
      kept: inits,
      log: path.join(logs, `plan-${id}.log`),
    });
    planned(stack, result, Date.now() - started);
    return result;
  });
}
