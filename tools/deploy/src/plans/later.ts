import { isDeepStrictEqual } from "node:util";
import type { PlacedStack } from "../graph";

/** A stack that is planned once those before it are applied. */
export interface Later {
  readonly placed: PlacedStack;
  /** Why, as the rest of a sentence that begins with its id. */
  readonly because: string;
}

/**
 * The stacks that are planned later: those with a reason of their own, and all that come after them.
 * @param stacks each after those that it comes after
 * @param reasonOf undefined where a stack may be planned for all that is known of it alone
 */
export function laterOf(
  stacks: readonly PlacedStack[],
  reasonOf: (placed: PlacedStack) => string | undefined,
): Later[] {
  const later: Later[] = [];
  for (const placed of stacks) {
    const before = later.find(({ placed: { id } }) => placed.after.includes(id));
    const because = reasonOf(placed) ?? (before && `comes after ${before.placed.id}`);
    if (because !== undefined) later.push({ placed, because });
  }
  return later;
}

/** Of some stacks, the first one that this one reads. */
export function readOf({ stack }: PlacedStack, others: readonly PlacedStack[]): PlacedStack | undefined {
  return others.find((other) => stack.reads.some((read) => isDeepStrictEqual(read, other.stack.state)));
}
