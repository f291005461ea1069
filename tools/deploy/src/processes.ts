import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

/** A process of this machine. Its id alone may come to mean another one later; together with its start it does not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the words of the operating system. */
  readonly started: string;
}

interface Process extends ProcessIdentity {
  readonly parent: number;
}

/** Processes that the given one started itself and that still run. */
export async function childrenOf(pid: number): Promise<number[]> {
  const all = await runningProcesses();
  return all.filter(({ parent }) => parent === pid).map((process) => process.pid);
}

/** @returns undefined where no such process runs */
export async function identityOf(pid: number): Promise<ProcessIdentity | undefined> {
  const found = (await runningProcesses()).find((process) => process.pid === pid);
  return found && { pid, started: found.started };
}

export async function isRunning({ pid, started }: ProcessIdentity): Promise<boolean> {
  return (await identityOf(pid))?.started === started;
}

/** Those that have ended and that nobody has noticed yet are left out. */
async function runningProcesses(): Promise<Process[]> {
  return (await fromProc()) ?? (await fromPs());
}

/** Linux, where a slim image may lack ps. */
async function fromProc(): Promise<Process[] | undefined> {
  const entries = await readdir("/proc").catch(() => []);
  const pids = entries.filter((entry) => /^\d+$/.test(entry));
  if (pids.length === 0) return undefined;
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")));
  return stats.flatMap(processInStat);
}

/** `1234 (name, which may hold anything) S 1233 …`, the start being the 22nd field: proc(5). */
export function processInStat(stat: string): Process[] {
  const pid = Number.parseInt(stat, 10);
  const [state, parent, ...others] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const started = others[17];
  if (Number.isNaN(pid) || started === undefined || state === "Z" || state === "X") return [];
  return [{ pid, parent: Number(parent), started }];
}

async function fromPs(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,stat=,lstart="], {
    env: { ...process.env, LC_ALL: "C" },
  });
  return stdout.split("\n").flatMap(processInPs);
}

/** ` 1234  1233 Ss   Fri Nov 20 18:40:12 2026` */
export function processInPs(line: string): Process[] {
  const [, pid, parent, state, started] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*\S)/.exec(line) ?? [];
  if (started === undefined || state?.startsWith("Z")) return [];
  return [{ pid: Number(pid), parent: Number(parent), started }];
}
