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
  /** The process group's id: the id that its leader has, or had. */
  readonly group: number;
}

/** A process of a group, and what it runs. */
export interface GroupMember extends ProcessIdentity {
  /** Program and arguments, parted by blanks. */
  readonly command: string;
}

/** Processes that the given one started itself and that still run. */
export async function childrenOf(pid: number): Promise<number[]> {
  const all = await runningProcesses();
  return all.filter(({ parent }) => parent === pid).map((process) => process.pid);
}

/** Processes of a group: its leader, where that still runs, and all that it and its children started, unless they left it. */
export async function membersOf(group: number): Promise<GroupMember[]> {
  const members = (await runningProcesses()).filter((process) => process.group === group);
  return Promise.all(members.map(async ({ pid, started }) => ({ pid, started, command: await commandOf(pid) })));
}

/** @returns an empty text where it has just ended */
async function commandOf(pid: number): Promise<string> {
  const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => undefined);
  if (line !== undefined) return line.split("\0").join(" ").trim();
  const asked = promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)]);
  return asked.then(
    ({ stdout }) => stdout.trim(),
    () => "",
  );
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

/** `1234 (name, which may hold anything) S 1233 1230 …`, the start being the 22nd field: proc(5). */
export function processInStat(stat: string): Process[] {
  const pid = Number.parseInt(stat, 10);
  const [state, parent, group, ...others] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  const started = others[16];
  if (Number.isNaN(pid) || started === undefined || state === "Z" || state === "X") return [];
  return [{ pid, parent: Number(parent), group: Number(group), started }];
}

async function fromPs(): Promise<Process[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,pgid=,stat=,lstart="], {
    env: { ...process.env, LC_ALL: "C" },
  });
  return stdout.split("\n").flatMap(processInPs);
}

/** ` 1234  1233  1230 Ss   Fri Nov 20 18:40:12 2026` */
export function processInPs(line: string): Process[] {
  const [, pid, parent, group, state, started] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(.*\S)/.exec(line) ?? [];
  if (started === undefined || state?.startsWith("Z")) return [];
  return [{ pid: Number(pid), parent: Number(parent), group: Number(group), started }];
}
