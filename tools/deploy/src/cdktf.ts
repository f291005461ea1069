import { spawn, type StdioOptions } from "node:child_process";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { childrenOf } from "./processes";

export interface CdktfOptions {
  /** Folder of stacks that were synthesized and checked, with the manifest.json and cdktf.json that a deploy writes for them. */
  readonly checked: string;
  readonly variables: NodeJS.ProcessEnv;
  /** Whether a person at the terminal approves: cdktf then needs the terminal for itself. */
  readonly interactive: boolean;
  /** Where its output goes. @default this process's own */
  readonly output?: number;
}

/** A cdktf that is running. */
export interface CdktfRun {
  readonly pid: number;
  /** Its exit code; 1 where a signal ended it. */
  readonly ended: Promise<number>;
  /** Stops it so that every Terraform under it saves its state and releases its lock. */
  readonly interrupt: () => Promise<void>;
}

/** All is synthesized, and a lock file in a folder of one run would hold nobody to it: cdktf would get every provider once more. */
const SETTLED = ["--skip-synth", "--skip-provider-lock"];

/** Starts cdktf on stacks that are synthesized. It outlives this process: a state that nobody saves is lost. */
export function startCdktf(args: readonly string[], options: CdktfOptions): CdktfRun {
  const { checked, variables, interactive, output = "inherit" } = options;
  const stdio: StdioOptions = interactive ? "inherit" : ["ignore", output, output];
  const child = spawn(process.execPath, [cdktfProgram(), ...args, "--output", checked, ...SETTLED], {
    cwd: checked,
    stdio,
    // In a session of its own, Ctrl-C reaches this process alone, which knows how to stop Terraform.
    detached: !interactive,
    env: { ...variables, CHECKPOINT_DISABLE: "1", ...(interactive ? {} : { CI: "1" }) },
  });
  const { pid } = child;
  if (pid === undefined) throw new Error("cdktf did not start");

  let running = true;
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => {
      running = false;
      resolve(code ?? 1);
    });
  });
  return { pid, ended, interrupt: () => interruptCdktf(pid, () => running) };
}

/**
 * Stops a cdktf through the Terraforms under it. Told to stop itself, cdktf leaves at once and takes their terminal away: one
 * that still saves its state then dies, with its state unsaved and its lock held.
 */
export async function interruptCdktf(pid: number, running: () => boolean | Promise<boolean>): Promise<void> {
  const told = new Set<number>();
  while (await running()) {
    const children = await childrenOf(pid);
    // A second signal would make Terraform stop without saving.
    for (const child of children.filter((child) => !told.has(child))) {
      told.add(child);
      signal(child);
    }
    if (told.size === 0) signal(pid);
    await sleep(200);
  }
}

function signal(pid: number): void {
  try {
    process.kill(pid, "SIGINT");
  } catch {
    // It has just ended.
  }
}

function cdktfProgram(): string {
  return path.join(path.dirname(require.resolve("cdktf-cli/package.json")), "bundle/bin/cdktf");
}
