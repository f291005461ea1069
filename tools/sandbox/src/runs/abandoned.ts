import { setTimeout as sleep } from "node:timers/promises";
import { isRunning } from "@demarc/deploy";
import { progressIn } from "./cdktf-run";
import type { CdktfAtWork, CommandAtWork } from "./claim";
import { Board } from "../progress/board";
import { followStack } from "../progress/log";
import type { Console } from "../session";
import type { HeldLock, StateBucket } from "../states/bucket";

/** Terraform that loses its terminal ends at once; one that was told to stop still saves its state. In milliseconds. */
const SAVING = 5_000;

type Locks = Pick<StateBucket, "locks" | "release">;

/** Waits for what a killed command left at work, and says so. */
export async function waitForAbandoned({ command, runs }: CommandAtWork, console: Console): Promise<void> {
  const atWork = await stillAtWork(runs);
  if (atWork.length === 0) return;
  console.say(`"${command}" was killed, and ${goingOn(atWork)}: waiting for it …`);
  const board = new Board(
    atWork.map(({ stack }) => ({ id: stack, after: [] })),
    console,
  );
  await Promise.all(atWork.map(({ stack, log, process }) => followStack(log, stack, () => isRunning(process), board)));
  board.end();
}

/** Those that have not ended, though the command that started them may have. */
export async function stillAtWork(runs: readonly CdktfAtWork[]): Promise<CdktfAtWork[]> {
  const running = await Promise.all(runs.map(({ process }) => isRunning(process)));
  return runs.filter((_, index) => running[index]);
}

/** Such as "its deploy of dev-data and dev-dns goes on". */
export function goingOn(runs: readonly CdktfAtWork[]): string {
  const [first] = runs;
  return `its ${first?.action ?? "work"} of ${runs.map(({ stack }) => stack).join(" and ")} goes on`;
}

/**
 * Puts the lock right that a deploy or destroy left which has ended. A Terraform that ends by itself releases its lock last, after
 * its state: one whose lock is still there was killed, and what it had made since it last saved is known to nobody.
 * @param run what ran. A lock that is older is somebody else's and stays
 * @param saving how long a Terraform may still save its state, in milliseconds
 * @returns whether things are in the local AWS that no state knows of. The lock then stays, until all of it is ended
 */
export async function releaseLock(
  { action, startedAt, stack, state, log }: CdktfAtWork,
  bucket: Locks,
  saving = SAVING,
): Promise<boolean> {
  const left = await lockLeft(bucket, state, new Date(startedAt), Date.now() + saving);
  if (left === undefined) return false;
  const { phase, changed, atWork } = await progressIn(log, stack);
  const midway = phase !== "done" && changed + atWork.length > 0;
  // A destroy takes away only: the next one finds gone what its state still lists.
  if (action === "deploy" && midway) return true;
  await bucket.release(left);
  return false;
}

async function lockLeft(bucket: Locks, state: string, since: Date, patience: number): Promise<HeldLock | undefined> {
  for (;;) {
    const left = (await bucket.locks()).find((lock) => lock.key === `${state}.tflock` && lock.since >= since);
    if (left === undefined || Date.now() > patience) return left;
    await sleep(250);
  }
}
