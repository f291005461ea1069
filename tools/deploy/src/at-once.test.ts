import { setImmediate } from "node:timers/promises";
import { atOnce } from "./at-once";

it("answers in the order of the items, whichever ends first", async () => {
  const done: number[] = [];
  const work = async (item: number) => {
    if (item === 0) await setImmediate();
    done.push(item);
    return item * 10;
  };
  await expect(atOnce([0, 1, 2], work)).resolves.toEqual([0, 10, 20]);
  expect(done).not.toEqual([0, 1, 2]);
});

it("throws what an item threw once those beside it have ended, and begins no more", async () => {
  const [began, ended]: [number[], number[]] = [[], []];
  const work = async (item: number) => {
    began.push(item);
    if (item === 0) throw new Error("first");
    await setImmediate();
    ended.push(item);
  };
  const items = Array.from({ length: 1000 }, (_, index) => index);
  await expect(atOnce(items, work)).rejects.toThrow("first");
  expect(ended).toEqual(began.slice(1));
  expect(began.length).toBeLessThan(items.length);
});
