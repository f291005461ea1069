import { schedule } from "./schedule";

const jobs = [
  { id: "account", after: [] },
  { id: "network", after: ["account"] },
  { id: "data", after: ["network"] },
  { id: "cluster", after: ["network"] },
  { id: "addons", after: ["cluster"] },
  { id: "app", after: ["data", "addons"] },
];

/** Runs the jobs, each ending only when the test says so. */
function started(isStopped?: () => boolean) {
  const ends = new Map<string, { end: (ok: boolean) => void; fail: (fault: Error) => void }>();
  const result = schedule(jobs, {
    run: ({ id }) =>
      new Promise<boolean>((resolve, reject) => {
        ends.set(id, { end: resolve, fail: reject });
      }),
    ...(isStopped === undefined ? {} : { isStopped }),
  });
  const settle = async () => {
    for (let i = 0; i < 10; i++) await Promise.resolve();
  };
  return {
    result,
    begun: () => [...ends.keys()],
    end: async (id: string, ok = true) => {
      ends.get(id)?.end(ok);
      await settle();
    },
    fail: async (id: string) => {
      ends.get(id)?.fail(new Error(`${id} broke`));
      await settle();
    },
  };
}

it("begins each job as soon as those before it are done, and not before", async () => {
  const { begun, end, result } = started();
  expect(begun()).toEqual(["account"]);
  await end("account");
  await end("network");
  expect(begun()).toEqual(["account", "network", "data", "cluster"]);
  await end("cluster");
  expect(begun()).toContain("addons");
  await end("addons");
  expect(begun()).not.toContain("app");
  await end("data");
  expect(begun()).toContain("app");
  await end("app");
  expect(await result).toEqual([]);
});

it("goes on with what does not depend on one that failed, and names what was not reached", async () => {
  const { begun, end, result } = started();
  await end("account");
  await end("network");
  await end("data", false);
  await end("cluster");
  expect(begun()).toContain("addons");
  await end("addons");
  expect((await result).map(({ id }) => id)).toEqual(["app"]);
});

it("begins nothing more once it is stopped, and waits for what is at work", async () => {
  let stopped = false;
  const { begun, end, result } = started(() => stopped);
  await end("account");
  await end("network");
  stopped = true;
  await end("cluster");
  await end("data");
  expect(begun()).not.toContain("addons");
  expect((await result).map(({ id }) => id)).toEqual(["addons", "app"]);
});

it("tells what broke only after all else that was at work has ended", async () => {
  const { begun, end, fail, result } = started();
  let told = false;
  const broken = result.catch((error: unknown) => {
    told = true;
    return error;
  });
  await end("account");
  await end("network");
  await fail("data");
  expect(told).toBe(false);
  await end("cluster");
  expect(await broken).toEqual(new Error("data broke"));
  expect(begun()).not.toContain("addons");
});

it("ends where jobs wait for each other", async () => {
  const circle = [
    { id: "a", after: ["b"] },
    { id: "b", after: ["a"] },
  ];
  expect(await schedule(circle, { run: () => Promise.resolve(true) })).toEqual(circle);
});
