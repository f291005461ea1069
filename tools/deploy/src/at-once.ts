import { availableParallelism } from "node:os";

/** How many are at work at once, of programs that compute: a Terraform that plans takes a processor and half a gigabyte. */
const AT_ONCE = Math.max(2, availableParallelism());

/**
 * Does the same with every item, a few of them at once.
 * @returns what each gave, in the order of the items
 * @throws what the first of them threw, once all that were at work have ended; no more are begun then
 */
export async function atOnce<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const faults: unknown[] = [];
  const rest = [...items.entries()];
  const worker = async () => {
    for (let next = rest.shift(); next !== undefined && faults.length === 0; next = rest.shift()) {
      const [index, item] = next;
      try {
        results.set(index, await work(item));
      } catch (fault) {
        faults.push(fault);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  if (faults.length > 0) throw faults[0];
  return items.flatMap((_, index) => {
    const result = results.get(index);
    return result === undefined ? [] : [result];
  });
}
