import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { membersOf, type ProcessIdentity } from "@demarc/deploy";

/** How long a group has after each signal, in milliseconds. */
const PATIENCE = 5_000;

/**
 * Ends a process that leads a group, and all of the group: asked first, killed after five seconds.
 *
 * Where the leader was killed, its children live on, and nothing but their group tells that they are its. A group's id is
 * given to nobody else while one of the group lives; once all have ended it may be another program's. So those that are
 * left are ended only where they run a program of the sandbox's own.
 *
 * @param programs folder that the sandbox's own programs are in
 */
export async function endGroup(leader: ProcessIdentity, programs: string): Promise<void> {
  const known = new Map<number, ProcessIdentity>();
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    const patience = Date.now() + PATIENCE;
    const told = new Set<number>();
    for (;;) {
      const members = await ours(leader, programs, known);
      if (members.length === 0) return;
      for (const { pid } of members.filter((member) => !told.has(member.pid))) {
        told.add(pid);
        send(pid, signal);
      }
      if (Date.now() > patience) break;
      await sleep(50);
    }
  }
  throw new Error(`process ${String(leader.pid)}, or one that it started, does not end`);
}

/** Those of the leader's group that are surely its; they are kept in `known`, for when the leader ends before them. */
async function ours(
  leader: ProcessIdentity,
  programs: string,
  known: Map<number, ProcessIdentity>,
): Promise<ProcessIdentity[]> {
  const members = await membersOf(leader.pid);
  const first = members.find(({ pid }) => pid === leader.pid);
  if (first !== undefined && first.started !== leader.started) return [];
  const found = members.filter(
    ({ pid, started, command }) =>
      first !== undefined || known.get(pid)?.started === started || command.startsWith(programs + path.sep),
  );
  for (const member of found) known.set(member.pid, member);
  return found;
}

function send(pid: number, signal: "SIGTERM" | "SIGKILL"): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It has just ended.
  }
}
