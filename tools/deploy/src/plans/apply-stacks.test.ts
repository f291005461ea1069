import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { States } from "../states";
import { settingOf } from "../testing/setting";
import { deployableStack } from "../testing/stack";
import { applyAll } from "./apply-stacks";
import type { TakenStack } from "./take";

/** Where Terraform is a program that tells each run by a file in the stack's folder. */
function setting() {
  const bin = mkdtempSync(path.join(tmpdir(), "demarc-bin-"));
  writeFileSync(path.join(bin, "terraform"), "#!/bin/sh\ntouch applied\n", { mode: 0o755 });
  return settingOf({ states: new States(), variables: { PATH: `${bin}:/usr/bin:/bin` } });
}

function taken(id: string, actor: ReturnType<typeof setting>, after: readonly string[] = []): TakenStack {
  const directory = mkdtempSync(path.join(tmpdir(), "demarc-stack-"));
  const stack = deployableStack({ id, directory });
  const changes = { resources: [{ address: "a.b", action: "create" as const }], outputs: [], uses: [] };
  const plan = { id, project: "infra", state: stack.state, after: [...after], folder: "", ...changes };
  return { id, after, plan, stack, actor };
}

const isBegun = ({ stack }: TakenStack) => existsSync(path.join(stack.directory, "applied"));

it("applies what is ready, in its order", async () => {
  const actor = setting();
  const [first, second] = [taken("dev-a", actor), taken("dev-b", actor, ["dev-a"])];
  expect(await applyAll([second, first], actor, () => Promise.resolve())).toEqual(["dev-a", "dev-b"]);
  expect([first, second].map(isBegun)).toEqual([true, true]);
});

it("begins nothing more once it is told to stop, and ends the wait for what is not ready", async () => {
  const actor = setting();
  const [first, second] = [taken("dev-a", actor), taken("dev-b", actor, ["dev-a"])];
  const waited = applyAll([first, second], actor, async (_, __, signal) => {
    setImmediate(() => process.emit("SIGINT"));
    await sleep(600_000, undefined, { signal }).catch(() => undefined);
  });
  expect(await waited).toEqual([]);
  expect([first, second].map(isBegun)).toEqual([false, false]);
  expect(actor.said.at(-1)).toBe("Not applied, as this was stopped: dev-a, dev-b.");
});
