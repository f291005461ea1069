import type { DeployableStack } from "./stacks";

/**
 * The stacks that a destroy takes away. Terraform would refuse a stack that holds something protected, at its plan: it is left
 * standing, with a sentence, for what outlives the environment needs it.
 */
export function stacksToDestroy(stacks: readonly DeployableStack[], say: (line: string) => void): DeployableStack[] {
  for (const { id, protected: addresses } of stacks) {
    if (addresses.length === 0) continue;
    say(
      `${id} stays: what outlives the environment needs ${addresses.join(", ")}. Its workspace's settings say what that is; change them to destroy it too.`,
    );
  }
  return stacks.filter(({ protected: addresses }) => addresses.length === 0);
}
