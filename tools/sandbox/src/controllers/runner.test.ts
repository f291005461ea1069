import { setTimeout as sleep } from "node:timers/promises";
import type { Actor, ActorContext } from "./actor";
import { Runner } from "./runner";

let runner: Runner | undefined;

afterEach(async () => {
  await runner?.stop();
});

const said: string[] = [];

/** As much of a context as an actor needs that does nothing. */
function context(): ActorContext {
  const nothing = new Proxy({}, { get: (_, name) => (name === "say" ? (line: string) => said.push(line) : undefined) });
  return nothing as ActorContext;
}

function run(reconcile: Actor["reconcile"], more: Partial<Actor> = {}): Runner {
  const actor: Actor = { name: "test", watches: [], resyncSeconds: 3_600, reconcile, ...more };
  runner = new Runner(actor, context(), Promise.resolve());
  return runner;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5);
}

it("calls an actor once for changes that come together, and never twice at a time", async () => {
  let calls = 0;
  let atOnce = 0;
  let most = 0;
  const running = run(async () => {
    calls += 1;
    most = Math.max(most, (atOnce += 1));
    await sleep(20);
    atOnce -= 1;
  });
  await until(() => calls === 1 && atOnce === 0);
  for (let change = 0; change < 10; change += 1) running.wake();
  await until(() => calls === 2 && atOnce === 0);
  await sleep(150);
  expect([calls, most]).toEqual([2, 1]);
});

it("calls it again for a change that comes while it works", async () => {
  let calls = 0;
  const running = run(async () => {
    calls += 1;
    if (calls === 1) running.wake();
    await sleep(10);
  });
  await until(() => calls === 2);
  expect(calls).toBe(2);
});

it("calls it again after it has failed, and says why it did", async () => {
  let calls = 0;
  run(() => {
    calls += 1;
    return calls === 1 ? Promise.reject(new Error("the API server is away")) : Promise.resolve();
  });
  await until(() => calls === 2);
  expect(said).toContain("failed: the API server is away");
});

it("stops after the call under way, and then ends what the actor runs", async () => {
  const order: string[] = [];
  const running = run(
    async () => {
      order.push("called");
      await sleep(30);
      order.push("done");
    },
    {
      stop: () => {
        order.push("stopped");
        return Promise.resolve();
      },
    },
  );
  await until(() => order.length === 1);
  runner = undefined;
  await running.stop();
  expect(order).toEqual(["called", "done", "stopped"]);
});
