import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ENVIRONMENT_VARIABLE } from "@demarc/shared/stack";
import { startCdktf } from "./cdktf";
import type { PlacedStack } from "./graph";
import { locksOf, lockSentence } from "./lock";
import type { Project } from "./projects";
import { Refusal } from "./refusal";
import type { Setting } from "./setting";
import type { DeployableStack } from "./stacks";
import type { States } from "./states";
import { writeOrder } from "./written";

const AUTO_APPROVE = "--auto-approve";

/** How long a Terraform that was stopped may take to save its state, in milliseconds. */
const SAVING = 60_000;

/** Folder that a project is synthesized into. */
export function outdirOf(project: Project): string {
  return path.join(project.directory, "cdktf.out");
}

/** @throws Refusal where nobody can approve: without a terminal cdktf crashes in the middle of an apply, and leaves a lock behind */
export function checkApproval(action: string, passedOn: readonly string[], { terminal }: Setting): void {
  if (terminal || passedOn.includes(AUTO_APPROVE)) return;
  throw new Refusal([
    `Nobody is here to approve what ${action} would do: there is no terminal. Look at the diff first, then give ${AUTO_APPROVE}.`,
  ]);
}

/**
 * Runs one cdktf on stacks of one project, in their order; where it fails, says whose locks are in the way. cdktf is told of no other
 * stacks, and of them by their ids: a pattern would take what it fits to.
 * @param passedOn further arguments
 * @returns exit code
 */
export async function run(
  action: "diff" | "deploy" | "destroy",
  placed: readonly PlacedStack[],
  passedOn: readonly string[],
  environment: string,
  setting: Setting,
): Promise<number> {
  const { variables, states, terminal, say } = setting;
  const [first] = placed;
  if (first === undefined) return 0;
  const { checked } = first.target;
  writeOrder(checked, placed);
  const since = new Date();
  const cdktf = startCdktf([action, ...placed.map(({ id }) => id), ...passedOn], {
    checked,
    variables: { ...variables, [ENVIRONMENT_VARIABLE]: environment },
    interactive: terminal && action !== "diff" && !passedOn.includes(AUTO_APPROVE),
  });
  const code = await untilEnded(cdktf.ended, cdktf.interrupt, say);
  if (code === 0) return code;
  const stacks = placed.map(({ stack }) => stack);
  for (const sentence of await locksAfter(stacks, states, since)) say(sentence);
  return code;
}

/** Waits for what runs Terraform, and stops it carefully where this process is told to stop. */
export async function untilEnded<Result>(
  ended: Promise<Result>,
  interrupt: () => unknown,
  say: (line: string) => void,
): Promise<Result> {
  let told = false;
  const stop = () => {
    if (!told) say("Stopping: Terraform finishes what it is at and saves its state.");
    told = true;
    void interrupt();
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, stop);
  try {
    return await ended;
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

/** Who holds the stacks' states now, a sentence each. A Terraform of this run may still be saving: it is waited for. */
export async function locksAfter(stacks: readonly DeployableStack[], states: States, started: Date): Promise<string[]> {
  const patience = Date.now() + SAVING;
  for (;;) {
    const locks = await locksOf(stacks, states);
    const own = locks.some(({ lock }) => lock.since >= started);
    if (!own || Date.now() > patience) return locks.map(lockSentence);
    await sleep(500);
  }
}
