import path from "node:path";
import type { Lock } from "./lock-info";
import type { DeployableStack } from "./stacks";
import type { States } from "./states";

/** A stack whose state somebody holds. */
export interface LockedStack {
  readonly stack: DeployableStack;
  readonly lock: Lock;
}

/** Which of these stacks' states somebody holds. */
export async function locksOf(stacks: readonly DeployableStack[], states: States): Promise<LockedStack[]> {
  const locked: LockedStack[] = [];
  for (const stack of stacks) {
    const lock = await states.lock(stack.state);
    if (lock !== undefined) locked.push({ stack, lock });
  }
  return locked;
}

/** Who holds a stack's state since when, and what to do, in one sentence. */
export function lockSentence({ stack, lock }: LockedStack): string {
  const { who, since, operation, id } = lock;
  const minutes = Math.max(0, Math.round((Date.now() - since.getTime()) / 60_000));
  const ago = minutes === 1 ? "1 minute" : `${String(minutes)} minutes`;
  const purpose = operation === "" ? "" : `, for terraform ${operation}`;
  const directory = path.relative(process.cwd(), stack.directory);
  return `The state of ${stack.id} is locked by ${who} since ${since.toISOString()} (${ago})${purpose}: wait until that ends or, if nothing runs there any more, release it: terraform -chdir=${directory} init && terraform -chdir=${directory} force-unlock ${id}`;
}
