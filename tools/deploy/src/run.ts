import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ENVIRONMENT_VARIABLE } from "@demarc/shared/stack";
import { type CdktfRun, startCdktf } from "./cdktf";
import { locksOf, lockSentence } from "./lock";
import type { Project } from "./projects";
import type { Setting } from "./setting";
import type { DeployableStack } from "./stacks";
import type { States } from "./states";

export const AUTO_APPROVE = "--auto-approve";

/** How long a Terraform that was stopped may take to save its state, in milliseconds. */
const SAVING = 60_000;

/** Folder that a project is synthesized into. */
export function outdirOf(project: Project): string {
  return path.join(project.directory, "cdktf.out");
}

/** Synthesized stacks of a project that cdktf is run on. */
export interface DeployableOutput {
  readonly environment: string;
  /** Folder of what was checked. */
  readonly checked: string;
  readonly stacks: readonly DeployableStack[];
}

/** Runs cdktf on synthesized stacks; where it fails, says whose locks are in the way. @returns exit code */
export async function run(args: readonly string[], output: DeployableOutput, setting: Setting): Promise<number> {
  const { environment, checked, stacks } = output;
  const { variables, states, terminal, say } = setting;
  const changes = args[0] === "deploy" || args[0] === "destroy";
  const since = new Date();
  const cdktf = startCdktf(args, {
    checked,
    variables: { ...variables, [ENVIRONMENT_VARIABLE]: environment },
    interactive: terminal && changes && !args.includes(AUTO_APPROVE),
  });
  const code = await endOf(cdktf, say);
  if (code !== 0) for (const sentence of await locksAfter(stacks, states, since)) say(sentence);
  return code;
}

/** Waits for cdktf, and stops it carefully where this process is told to stop. */
async function endOf(cdktf: CdktfRun, say: (line: string) => void): Promise<number> {
  let told = false;
  const stop = () => {
    if (!told) say("Stopping: Terraform finishes what it is at and saves its state.");
    told = true;
    void cdktf.interrupt();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    return await cdktf.ended;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

/** Who holds the stacks' states now, a sentence each. A Terraform of this run may still be saving: it is waited for. */
async function locksAfter(stacks: readonly DeployableStack[], states: States, started: Date): Promise<string[]> {
  const patience = Date.now() + SAVING;
  for (;;) {
    const locks = await locksOf(stacks, states);
    const own = locks.some(({ lock }) => lock.since >= started);
    if (!own || Date.now() > patience) return locks.map(lockSentence);
    await sleep(500);
  }
}
