import { missingBoundaries, missingBoundarySentence } from "./boundaries";
import { locksOf, lockSentence } from "./lock";
import { missingProducers, missingProducerSentence } from "./producers";
import { Refusal } from "./refusal";
import type { Scope } from "./scope";
import type { Setting } from "./setting";
import type { DeployableStack } from "./stacks";
import type { States } from "./states";

/** @throws Refusal where the account and region of these stacks have no bucket to keep states in */
export async function checkBucket(scope: Scope, stacks: readonly DeployableStack[], states: States): Promise<void> {
  const bucket = await missingBucket(stacks, states);
  if (bucket === undefined) return;
  throw new Refusal([
    `The bucket ${bucket}, which keeps the states of ${scope.environment}, does not exist. Make it first, once for its AWS account and region: npm run bootstrap -- ${scope.environment}`,
  ]);
}

/** Name of the first bucket that is not there. */
export async function missingBucket(stacks: readonly DeployableStack[], states: States): Promise<string | undefined> {
  const state = stacks[0]?.state;
  if (state?.kind !== "s3" || (await states.bucketExists(state))) return undefined;
  return state.bucket;
}

/**
 * @param there stacks that are deployed, or that the same run makes. @default these stacks
 * @throws Refusal with a sentence for every producer that is not deployed and every state that somebody holds
 */
export async function checkReadyToPlan(
  scope: Scope,
  stacks: readonly DeployableStack[],
  states: States,
  there = stacks,
): Promise<void> {
  refuse(await whatStopsAPlan(scope, stacks, states, there));
}

/** @throws Refusal with a sentence for all that stops a plan, and for every permissions boundary that does not exist */
export async function checkReadyToDeploy(
  scope: Scope,
  stacks: readonly DeployableStack[],
  setting: Pick<Setting, "states" | "policies" | "environments">,
): Promise<void> {
  refuse([
    ...(await whatStopsAPlan(scope, stacks, setting.states, stacks)),
    ...(await boundarySentences(scope, stacks, setting)),
  ]);
}

/** @throws Refusal with a sentence for every permissions boundary that does not exist */
export async function checkBoundaries(
  scope: Scope,
  stacks: readonly DeployableStack[],
  setting: Pick<Setting, "policies" | "environments">,
): Promise<void> {
  refuse(await boundarySentences(scope, stacks, setting));
}

async function boundarySentences(
  scope: Scope,
  stacks: readonly DeployableStack[],
  setting: Pick<Setting, "policies" | "environments">,
): Promise<string[]> {
  const missing = await missingBoundaries(scope.environment, stacks, setting);
  return missing.map((boundary) => missingBoundarySentence(scope.environment, boundary));
}

async function whatStopsAPlan(
  scope: Scope,
  stacks: readonly DeployableStack[],
  states: States,
  there: readonly DeployableStack[],
): Promise<string[]> {
  const missing = await missingProducers(stacks, states, there);
  return [
    ...missing.map((producer) => missingProducerSentence(scope, producer)),
    ...(await locksOf(stacks, states)).map(lockSentence),
  ];
}

function refuse(sentences: readonly string[]): void {
  if (sentences.length > 0) throw new Refusal(sentences);
}
