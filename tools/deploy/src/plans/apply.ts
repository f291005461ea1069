import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { type Finding, findingsText } from "@demarc/gate";
import { accountStackId, type Environment, environmentNamed } from "@demarc/shared/environment";
import { checkBoundaries } from "../checks";
import { type Deploy, deployBy, deployedStacks, recordDeploy } from "../deployed/records";
import { locksOf, lockSentence } from "../lock";
import { Refusal } from "../refusal";
import type { Setting } from "../setting";
import { type ActorOf, actorsOf } from "./actors";
import { applyAll } from "./apply-stacks";
import { gateSaved } from "./gate";
import type { SavedPlan } from "./saved-plan";
import { planCommand } from "./stale";
import { storedPlan } from "./store";
import { type ReviewedStack, takeAll, type TakenStack } from "./take";

/** Exit codes of `apply`. */
const EXIT = { applied: 0, failed: 1, more: 2 } as const;

/**
 * Applies exactly what was planned and approved, or nothing of it: each stack's saved plan, in order. Nothing is synthesized, and no
 * code of a project's runs.
 * @param digest of the saved plan, as `plan` tells it
 * @returns exit code: 0 all is applied, 2 what comes after it is to be planned now, 1 an error
 * @throws Refusal where the plan is not there, is stale, or does what somebody has to decide first
 */
export async function apply(name: string, digest: string, setting: Setting, gate = gateSaved): Promise<number> {
  const environment = environmentNamed(name, setting.environments);
  const plan = await storedPlan(environment, digest, setting.states);
  if (plan === undefined) {
    throw new Refusal([
      `There is no plan ${digest} of ${name}, or not any more. Make one and look at it: ${planCommand({ environment: name })}`,
    ]);
  }
  const folder = path.join(setting.home, `apply-${randomUUID()}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // A state that could not be saved is in the folder of an apply that failed.
  let isKept = false;
  try {
    const actorOf = await actorsOf([...plan.stacks, ...plan.unchanged], environment, setting);
    const taken = await takeAll(plan, folder, environment, setting, actorOf);
    refuse(await gate(taken.map(asJudged), plan, environment, setting), plan);
    await checkFree(taken, plan, setting);
    isKept = true;
    const applied = await applyAll(taken, setting);
    await recordAll(plan, applied, environment, actorOf);
    isKept = applied.length < taken.length;
    if (isKept) return EXIT.failed;
  } finally {
    if (!isKept) rmSync(folder, { recursive: true });
  }
  if (plan.later.length === 0) return EXIT.applied;
  const ids = plan.later.map(({ id }) => id).join(", ");
  setting.say(`What comes after it is planned now, and nothing of that is applied yet: ${ids}. ${planCommand(plan)}`);
  return EXIT.more;
}

function asJudged({ id, plan: { project }, read }: ReviewedStack) {
  return { id, project, plan: read };
}

/** @throws Refusal with all that somebody has to decide first, which nobody had to when the plan was made */
function refuse(findings: readonly Finding[], plan: SavedPlan): void {
  const refused = findings.filter(({ verdict }) => verdict === "refused");
  if (refused.length === 0) return;
  throw new Refusal([
    findingsText(refused),
    `Nothing was applied: this was not so when the plan was made. Plan again, and look at it: ${planCommand(plan)}`,
  ]);
}

/** @throws Refusal where somebody holds a state, or a boundary is missing that this plan does not make */
async function checkFree(taken: readonly TakenStack[], plan: SavedPlan, setting: Setting): Promise<void> {
  const account = accountStackId(environmentNamed(plan.environment, setting.environments));
  const isMade = taken.some(({ id }) => id === account);
  for (const { stack, actor } of taken) {
    const locks = await locksOf([stack], actor.states);
    if (locks.length > 0) throw new Refusal(locks.map(lockSentence));
    if (!isMade) await checkBoundaries(plan, [stack], actor);
  }
}

/** Records what is now as the plan's commit wants it, also of a plan of which a part failed, and what is still missing. */
async function recordAll(
  plan: SavedPlan,
  applied: readonly string[],
  environment: Environment,
  actorOf: ActorOf,
): Promise<void> {
  const reached = [...plan.stacks.filter(({ id }) => applied.includes(id)), ...plan.unchanged];
  for (const project of new Set(reached.map((one) => one.project))) {
    const own = reached.filter((one) => one.project === project);
    for (const actor of new Set(own.map(actorOf))) {
      const recorded = await deployedStacks(environment, project, actor.states);
      // What did not have to change may have been deployed anew since, by another commit.
      const isLast = ({ id }: { readonly id: string }) => applied.includes(id) || !isAfter(recorded[id], plan);
      const its = own.filter((one) => actorOf(one) === actor && isLast(one));
      const done = await deployBy(environment, actor, plan.commit);
      const wanted = [...plan.stacks, ...plan.later].filter((one) => one.project === project).map(({ id }) => id);
      await recordDeploy(environment, project, its, done, actor.states, wanted);
    }
  }
}

/** Whether a stack was deployed after a plan was made. */
function isAfter(deploy: Deploy | undefined, { madeAt }: SavedPlan): boolean {
  return deploy !== undefined && new Date(deploy.at) > new Date(madeAt);
}
