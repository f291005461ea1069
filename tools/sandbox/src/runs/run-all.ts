import { setTimeout as sleep } from "node:timers/promises";
import { type PlacedStack, schedule } from "@demarc/deploy";
import { releaseLock } from "./abandoned";
import { type Outcome, runCdktf } from "./cdktf-run";
import { checkServing } from "../commands/start";
import { Board } from "../progress/board";
import { bucketOf, type Session } from "../session";
import { Stop } from "./stop";

/** How a deploy or destroy of several stacks went. */
export interface Runs {
  /** Of each cdktf that was run. */
  readonly outcomes: readonly Outcome[];
  /** Ids of stacks that were not begun, as something before them failed or all was stopped. */
  readonly notReached: readonly string[];
  /** Whether this command was told to stop. */
  readonly interrupted: boolean;
  /** Whether things are in the local AWS that no state knows of, as a Terraform was killed. */
  readonly spoilt: boolean;
}

export interface RunAllOptions {
  /** Whether there is anything to do for a stack, asked when its turn has come. @default always */
  readonly isNeeded?: (placed: PlacedStack) => Promise<boolean>;
  /** What a stack must wait for beside other stacks, asked again and again; undefined once it may begin. @default nothing */
  readonly waitsFor?: (placed: PlacedStack) => Promise<string | undefined>;
}

/** How often it is asked what a stack waits for, in milliseconds. */
const LOOK = 1_000;

/** Runs a cdktf for each stack in the order of `stacks`' own places, several at once, and looks after what each of them leaves. */
export async function runAll(
  action: "deploy" | "destroy",
  stacks: readonly PlacedStack[],
  session: Session,
  { isNeeded = () => Promise.resolve(true), waitsFor = () => Promise.resolve(undefined) }: RunAllOptions = {},
): Promise<Runs> {
  const board = new Board(stacks, session.console);
  const stop = new Stop(() => {
    session.console.say("Stopping: Terraform finishes what it is at and saves its states …");
  });
  const outcomes: Outcome[] = [];
  let spoilt = false;
  const run = async (placed: PlacedStack): Promise<boolean> => {
    if (!(await isNeeded(placed))) {
      board.unchanged(placed.id);
      return true;
    }
    for (let reason = await waitsFor(placed); reason !== undefined; reason = await waitsFor(placed)) {
      if (stop.told) return false;
      board.waits(placed.id, reason);
      await sleep(LOOK);
    }
    const outcome = await runCdktf({ action, placed, board, stop }, session);
    outcomes.push(outcome);
    await checkServing(session);
    if (await releaseLock(outcome.work, bucketOf(session))) spoilt = true;
    else session.claim.settle(outcome.work);
    return outcome.succeeded;
  };
  try {
    const notReached = await schedule(stacks, { run, isStopped: () => stop.told || spoilt });
    return { outcomes, notReached: notReached.map(({ id }) => id), interrupted: stop.told, spoilt };
  } finally {
    board.end();
    stop.off();
  }
}

/** Whether all that there was to do went well. */
export function wentWell({ outcomes, notReached, interrupted, spoilt }: Runs): boolean {
  return !interrupted && !spoilt && notReached.length === 0 && outcomes.every(({ succeeded }) => succeeded);
}
