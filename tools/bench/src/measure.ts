import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Measure {
  readonly seconds: number;
  /** Most memory of the process itself, in MB; unknown where the system keeps no count. */
  readonly peakMb?: number;
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
    const timer = setInterval(() => {
      peak = peakOf(child.pid) ?? peak;
    }, LOOK);
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(timer);
      const seconds = (performance.now() - started) / 1000;
      const text = Buffer.concat(printed).toString();
      if (code === 0) resolve({ seconds, printed: text, ...(peak === undefined ? {} : { peakMb: peak }) });
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

/** Fastest, middle and slowest of several runs, and the most memory of any. */
export function summarize(measures: readonly Omit<Measure, "printed">[]): {
  fastest: number;
  median: number;
  slowest: number;
  peakMb?: number;
} {
  const seconds = measures.map((one) => one.seconds).sort((a, b) => a - b);
  const at = (index: number) => seconds[index] ?? Number.NaN;
  const peaks = measures.flatMap(({ peakMb }) => peakMb ?? []);
  return {
    fastest: at(0),
    median: at(Math.floor((seconds.length - 1) / 2)),
    slowest: at(seconds.length - 1),
    ...(peaks.length === 0 ? {} : { peakMb: Math.max(...peaks) }),
  };
}
