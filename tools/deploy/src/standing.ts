import type { PlacedStack, StackGraph } from "./graph";
import { nxCommand, type Scope } from "./scope";
import type { States } from "./states";

/**
 * The stacks that a destroy takes away. Terraform would refuse a stack that holds something protected, at its plan: it is left
 * standing with all that it stands on, a sentence for each, for what outlives the environment needs it.
 */
export function stacksToDestroy(
  stacks: readonly PlacedStack[],
  graph: StackGraph,
  say: (line: string) => void,
): PlacedStack[] {
  const kept = stacks.filter(({ stack }) => stack.protected.length > 0);
  for (const sentence of protections(kept)) say(sentence);
  const under = graph.under(kept);
  const others = stacks.filter((placed) => !kept.includes(placed));
  for (const { id } of others) {
    if (under.has(id)) say(`${id} stays: ${kept.map((one) => one.id).join(", ")} stands on it.`);
  }
  return others.filter(({ id }) => !under.has(id));
}

/** A sentence for each of these stacks that holds what Terraform may not destroy: what that is, by which settings, and the way out. */
export function protections(stacks: readonly PlacedStack[]): string[] {
  return stacks
    .filter(({ stack }) => stack.protected.length > 0)
    .map(
      ({ id, stack }) =>
        `${id} stays, for settings of its workspace protect what is in it: ${stack.protected.join(", ")}. To destroy it too, set those to false, deploy, and destroy again.`,
    );
}

/**
 * What is deployed and would be left with nothing under it.
 * @param going stacks that a destroy takes away
 * @param statesOf states as whoever may look at that stack's sees them
 * @returns a sentence for each such stack: what it needs, and what to do first
 */
export async function stillNeeded(
  going: readonly PlacedStack[],
  { environment }: Scope,
  graph: StackGraph,
  statesOf: (placed: PlacedStack) => Promise<Pick<States, "isDeployed">>,
): Promise<string[]> {
  const sentences: string[] = [];
  for (const placed of graph.standingOn(going)) {
    const { id, after, stack, target, cluster } = placed;
    if (!(await (await statesOf(placed)).isDeployed(stack.state))) continue;
    const first = nxCommand("destroy", target.project.name, { environment, cluster });
    sentences.push(
      `${id} of ${target.project.name} is deployed and needs ${after.join(", ")}: nothing is destroyed that another stack stands on. Destroy it first: ${first}`,
    );
  }
  return sentences;
}
