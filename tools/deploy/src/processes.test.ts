import { spawn } from "node:child_process";
import { once } from "node:events";
import { childrenOf, identityOf, isRunning, processInPs, processInStat } from "./processes";

it("knows a process that it started, and that it has ended", async () => {
  const child = spawn("sleep", ["60"]);
  await once(child, "spawn");
  const identity = await identityOf(child.pid ?? 0);

  expect(identity).toBeDefined();
  expect(await childrenOf(process.pid)).toContain(child.pid);
  expect(await isRunning(identity ?? { pid: 0, started: "" })).toBe(true);

  child.kill();
  await once(child, "exit");
  expect(await identityOf(child.pid ?? 0)).toBeUndefined();
});

it("does not take another process with the same id for the one that was", async () => {
  expect(await isRunning({ pid: process.pid, started: "before" })).toBe(false);
});

it("reads the start of a process whose name holds blanks and brackets", () => {
  const stat = `77 (node (main) S 1) S 42 ${Array.from({ length: 17 }, () => "0").join(" ")} 91234 1 2 3`;
  expect(processInStat(stat)).toEqual([{ pid: 77, parent: 42, started: "91234" }]);
});

it("leaves out what has ended and is not noticed yet", () => {
  const zombie = `77 (node) Z 42 ${Array.from({ length: 17 }, () => "0").join(" ")} 91234 1 2 3`;
  expect(processInStat(zombie)).toEqual([]);
  expect(processInPs("   77    42 Z+   Fri Nov 20 18:40:12 2026")).toEqual([]);
});

it("reads what ps prints", () => {
  expect(processInPs("   77    42 Ss   Fri Nov 20 18:40:12 2026   ")).toEqual([
    { pid: 77, parent: 42, started: "Fri Nov 20 18:40:12 2026" },
  ]);
  expect(processInPs("")).toEqual([]);
});
