import { availableParallelism } from "node:os";

/** How many are at work at once, of programs that compute: a Terraform that plans takes a processor and half a gigabyte. */
const AT_ONCE = Math.max(2, availableParallelism());

/** Does the same with every item, a few of them at once. @returns what each gave, in the order of the items */
export async function atOnce<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results = new Map<number, Result>();
  const rest = [...items.entries()];
  const worker = async () => {
    for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
      const [index, item] = next;
      results.set(index, await work(item));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return items.flatMap((_, index) => {
    const result = results.get(index);
    return result === undefined ? [] : [result];
  });
}
