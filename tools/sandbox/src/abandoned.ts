import { setTimeout as sleep } from "node:timers/promises";
import { isRunning } from "@demarc/deploy";
import { progressIn, waitFor } from "./cdktf-run";
import type { CdktfAtWork, CommandAtWork } from "./claim";
import type { Console } from "./session";
import type { HeldLock, StateBucket } from "./states/bucket";

/** Terraform that loses its terminal ends at once; one that was told to stop still saves its state. In milliseconds. */
const SAVING = 5_000;

type Locks = Pick<StateBucket, "locks" | "release">;

/** Waits for what a killed command left at work, and says so. */
export async function waitForAbandoned({ command, cdktf }: CommandAtWork, console: Console): Promise<void> {
  if (cdktf === undefined || !(await isRunning(cdktf.process))) return;
  console.say(
    `"${command}" was killed, and its ${cdktf.action} goes on since ${cdktf.startedAt} (process ${String(cdktf.process.pid)}): waiting for it …`,
  );
  await waitFor(cdktf, () => isRunning(cdktf.process), console);
}

/**
 * Puts the locks right that a deploy or destroy left which has ended. A Terraform that ends by itself releases its lock last, after
 * its state: one whose lock is still there was killed, and what it had made since it last saved is known to nobody.
 * @param cdktf what ran. Locks that are older are somebody else's and stay
 * @param saving how long a Terraform may still save its state, in milliseconds
 * @returns whether things are in the local AWS that no state knows of. The locks then stay, until all of it is ended
 */
export async function releaseLocks(
  { action, startedAt, stacks, log }: CdktfAtWork,
  bucket: Locks,
  saving = SAVING,
): Promise<boolean> {
  const left = await locksLeft(bucket, new Date(startedAt), Date.now() + saving);
  if (left.length === 0) return false;
  const progress = await progressIn(log, stacks);
  const midway = progress.some(({ phase, changed, atWork }) => phase !== "done" && changed + atWork.length > 0);
  // A destroy takes away only: the next one finds gone what its state still lists.
  if (action === "deploy" && midway) return true;
  for (const lock of left) await bucket.release(lock);
  return false;
}

async function locksLeft(bucket: Locks, since: Date, patience: number): Promise<HeldLock[]> {
  for (;;) {
    const left = (await bucket.locks()).filter((lock) => lock.since >= since);
    if (left.length === 0 || Date.now() > patience) return left;
    await sleep(250);
  }
}
