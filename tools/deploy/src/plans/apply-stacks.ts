import { awaitQuotas } from "../releases/quotas";
import { recoverReleases } from "../releases/recover";
import { locksAfter, untilEnded } from "../run";
import { schedule } from "../schedule";
import type { Setting } from "../setting";
import { summaryOf } from "./changes";
import { PLAN } from "./folder";
import type { TakenStack } from "./take";
import { errorsIn, QUIETLY, stopTerraforms, terraform } from "./terraform";

/** Does what a stack needs before Terraform. The signal ends it at once. */
export type MakeReady = (one: TakenStack, say: (line: string) => void, signal: AbortSignal) => Promise<void>;

/**
 * Applies the saved plans of stacks, in their order. A signal to this process ends it: what Terraform is at is finished, and nothing
 * more is begun.
 * @returns ids of those that are applied
 */
export async function applyAll(
  taken: readonly TakenStack[],
  { say }: Pick<Setting, "say">,
  makeReady: MakeReady = recoverAndWait,
): Promise<string[]> {
  const stopped = new AbortController();
  const isStopped = () => stopped.signal.aborted;
  const applied: string[] = [];
  const unready: string[] = [];
  const run = async (one: TakenStack) => {
    say(`${one.id}: ${summaryOf(one.plan)}`);
    await makeReady(one, say, stopped.signal);
    if (isStopped()) {
      unready.push(one.id);
      return false;
    }
    const isApplied = await applyOne(one, say);
    if (isApplied) applied.push(one.id);
    return isApplied;
  };
  const stop = () => {
    stopped.abort();
    stopTerraforms();
  };
  const notReached = await untilEnded(schedule(taken, { run, isStopped }), stop, say);
  const ids = [...unready, ...notReached.map(({ id }) => id)].join(", ");
  if (ids !== "") say(`Not applied, as ${isStopped() ? "this was stopped" : "what they come after was not"}: ${ids}.`);
  return applied;
}

async function recoverAndWait(...[{ stack, actor }, say, signal]: Parameters<MakeReady>): Promise<void> {
  for (const sentence of await recoverReleases(stack, actor)) say(sentence);
  await awaitQuotas(stack, actor, signal);
}

/** @returns whether it went well */
async function applyOne({ id, stack, actor }: TakenStack, say: (line: string) => void): Promise<boolean> {
  const { variables, states } = actor;
  const started = new Date();
  const options = { directory: stack.directory, variables, apart: true };
  const { code, text } = await terraform(["apply", ...QUIETLY, PLAN], options);
  const seconds = Math.round((Date.now() - started.getTime()) / 1000);
  if (code === 0) {
    say(`${id}: applied, ${String(seconds)} s`);
    return true;
  }
  say(`${id}: failed after ${String(seconds)} s\n${errorsIn(text)}`);
  for (const sentence of await locksAfter([stack], states, started)) say(sentence);
  return false;
}
