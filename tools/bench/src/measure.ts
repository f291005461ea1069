import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Measure {
  readonly seconds: number;
  /** Most memory of the process itself, in MB; unknown where the system keeps no count. */
  readonly peakMb?: number;
  /**
   * Seconds of processor time of the process itself, which do not grow where other programs are at work; unknown where the system keeps
   * no count.
   */
  readonly cpuSeconds?: number;
  /** All that it printed. */
  readonly printed: string;
}

export interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/** How often a running process's memory is looked at, in milliseconds. */
const LOOK = 20;

/**
 * Runs a command once.
 * @throws Error with what it printed, where it does not exit with 0
 */
export function measure({ command, args, cwd, variables = {} }: Run): Promise<Measure> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, [...args], {
      cwd,
      env: { ...process.env, ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const printed: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => printed.push(data));
    let peak: number | undefined;
    let cpu: number | undefined;
    const timer = setInterval(() => {
      peak = peakOf(child.pid) ?? peak;
      cpu = cpuOf(child.pid) ?? cpu;
    }, LOOK);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(timer);
      const seconds = (performance.now() - started) / 1000;
      const text = Buffer.concat(printed).toString();
      const counted = {
        ...(peak === undefined ? {} : { peakMb: peak }),
        ...(cpu === undefined ? {} : { cpuSeconds: cpu }),
      };
      if (code === 0) resolve({ seconds, printed: text, ...counted });
      else reject(new Error(`${command} ${args.join(" ")} failed:\n${text}`));
    });
  });
}

/** The system's own high-water mark. */
function peakOf(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8")) ?? [];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/** Linux counts in hundredths of a second, whatever the machine. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
const TICKS = 100;

/** Its own time, and that of the processes it has waited for. */
function cpuOf(pid: number | undefined): number | undefined {
  try {
    // The name of the program, in brackets, may hold anything.
    const [, rest = ""] = /\) (.*)/.exec(readFileSync(`/proc/${String(pid)}/stat`, "utf8")) ?? [];
    const ticks = rest.split(" ").slice(11, 15).map(Number);
    return ticks.reduce((sum, each) => sum + each, 0) / TICKS;
  } catch {
    return undefined;
  }
}

/** Fastest, middle and slowest of several runs, the middle of their processor time, and the most memory of any. */
export function summarize(measures: readonly Omit<Measure, "printed">[]): {
  fastest: number;
  median: number;
  slowest: number;
  cpuSeconds?: number;
  peakMb?: number;
} {
  const seconds = inOrder(measures.map((one) => one.seconds));
  const cpu = inOrder(measures.flatMap(({ cpuSeconds }) => cpuSeconds ?? []));
  const peaks = measures.flatMap(({ peakMb }) => peakMb ?? []);
  return {
    fastest: seconds[0] ?? Number.NaN,
    median: middle(seconds),
    slowest: seconds.at(-1) ?? Number.NaN,
    ...(cpu.length === 0 ? {} : { cpuSeconds: middle(cpu) }),
    ...(peaks.length === 0 ? {} : { peakMb: Math.max(...peaks) }),
  };
}

function inOrder(numbers: readonly number[]): number[] {
  return numbers.toSorted((one, other) => one - other);
}

function middle(ordered: readonly number[]): number {
  return ordered[Math.floor((ordered.length - 1) / 2)] ?? Number.NaN;
}
