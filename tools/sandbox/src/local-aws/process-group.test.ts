import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { symlinkSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf, membersOf, type ProcessIdentity } from "@demarc/deploy";
import { endGroup } from "./process-group";
import { temporaryFolder } from "../testing/temporary-folder";

const programs = temporaryFolder("programs");
const own = path.join(programs, "sleep");
symlinkSync("/bin/sleep", own);

let leader: ChildProcess | undefined;

afterEach(() => {
  try {
    process.kill(-(leader?.pid ?? 0), "SIGKILL");
  } catch {
    // It has ended, as most tests want.
  }
});

/** A leader that has started those commands and waits for them. */
async function groupOf(...commands: string[]): Promise<ProcessIdentity> {
  const script = [...commands.map((command) => `${command} &`), "wait"].join(" ");
  leader = spawn("/bin/sh", ["-c", script], { detached: true });
  const pid = leader.pid ?? 0;
  // A child bears its leader's command until it has become its program.
  while ((await membersOf(pid)).filter(({ command }) => !command.endsWith(script)).length < commands.length)
    await sleep(10);
  const identity = await identityOf(pid);
  if (identity === undefined) throw new Error("the leader has ended");
  return identity;
}

async function commandsOf({ pid }: ProcessIdentity): Promise<string[]> {
  return (await membersOf(pid)).map(({ command }) => command);
}

async function kill(): Promise<void> {
  leader?.kill("SIGKILL");
  if (leader !== undefined) await once(leader, "exit");
}

it("ends a leader and all that it started, even what minds no asking", async () => {
  const group = await groupOf(`${own} 60`, `/bin/sh -c 'trap "" TERM; exec /bin/sleep 60'`);
  await endGroup(group, programs);
  expect(await commandsOf(group)).toEqual([]);
});

it("ends what a killed leader left, where it runs a program of the sandbox", async () => {
  const group = await groupOf(`${own} 60`, `${own} 61`);
  await kill();
  expect(await commandsOf(group)).toHaveLength(2);

  await endGroup(group, programs);
  expect(await commandsOf(group)).toEqual([]);
});

it("leaves a program alone that is not the sandbox's, in a group whose leader has ended", async () => {
  const group = await groupOf("/bin/sleep 60");
  await kill();

  await endGroup(group, programs);
  expect(await commandsOf(group)).toEqual(["/bin/sleep 60"]);
});

it("leaves a group alone whose leader is another one by now", async () => {
  const group = await groupOf(`${own} 60`);
  await endGroup({ ...group, started: "before" }, programs);
  expect(await commandsOf(group)).toHaveLength(2);
});
