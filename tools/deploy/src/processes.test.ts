import { spawn } from "node:child_process";
import { once } from "node:events";
import { childrenOf, identityOf, isRunning, membersOf, processInPs, processInStat } from "./processes";

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

it("knows all of a process group, with its leader and without", async () => {
  const leader = spawn("sh", ["-c", "sleep 61 & sleep 62"], { detached: true });
  const group = leader.pid ?? 0;
  const shell = "sh -c sleep 61 & sleep 62";
  const commands = async () => (await membersOf(group)).map(({ command }) => command).toSorted();
  // A child bears the shell's own command until it becomes its program, and while it does so none at all.
  let seen: string[];
  do seen = await commands();
  while (seen.length < 3 || seen.includes("") || seen.filter((command) => command === shell).length > 1);
  expect(seen).toEqual([shell, "sleep 61", "sleep 62"]);

  leader.kill("SIGKILL");
  await once(leader, "exit");
  expect(await commands()).toEqual(["sleep 61", "sleep 62"]);
  process.kill(-group, "SIGKILL");
});

it("does not take another process with the same id for the one that was", async () => {
  expect(await isRunning({ pid: process.pid, started: "before" })).toBe(false);
});

it("reads the start of a process whose name holds blanks and brackets", () => {
  const stat = `77 (node (main) S 1) S 42 40 ${Array.from({ length: 16 }, () => "0").join(" ")} 91234 1 2 3`;
  expect(processInStat(stat)).toEqual([{ pid: 77, parent: 42, group: 40, started: "91234" }]);
});

it("leaves out what has ended and is not noticed yet", () => {
  const zombie = `77 (node) Z 42 ${Array.from({ length: 17 }, () => "0").join(" ")} 91234 1 2 3`;
  expect(processInStat(zombie)).toEqual([]);
  expect(processInPs("   77    42    40 Z+   Fri Nov 20 18:40:12 2026")).toEqual([]);
});

it("reads what ps prints", () => {
  expect(processInPs("   77    42    40 Ss   Fri Nov 20 18:40:12 2026   ")).toEqual([
    { pid: 77, parent: 42, group: 40, started: "Fri Nov 20 18:40:12 2026" },
  ]);
  expect(processInPs("")).toEqual([]);
});
