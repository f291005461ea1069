import path from "node:path";
import { isDeepStrictEqual } from "node:util";
import { type Plan, readPlan } from "@demarc/gate";
import type { Environment } from "@demarc/shared/environment";
import { atOnce } from "../at-once";
import { Refusal } from "../refusal";
import type { Job } from "../schedule";
import type { Setting } from "../setting";
import { type DeployableStack, stackIn } from "../stacks";
import type { ActorOf } from "./actors";
import { changesIn } from "./changes";
import { PLAN, unpack } from "./folder";
import { init } from "./init";
import { planAsJson } from "./plan-stack";
import type { SavedPlan, StackPlan } from "./saved-plan";
import { planCommand, staleness } from "./stale";
import { storedFolder } from "./store";
import { errorsIn, terraformVersion } from "./terraform";

/** A stack as it will be applied. */
export interface TakenStack extends Job {
  readonly plan: StackPlan;
  readonly stack: DeployableStack;
  /** Who applies it. */
  readonly actor: Setting;
}

/** With what Terraform itself reads of its plan. It holds values, sensitive ones too. */
export interface ReviewedStack extends TakenStack {
  readonly read: Plan;
}

/**
 * Takes all that a plan is made of, and holds it to what was reviewed before anything is changed.
 * @param folder a new one
 * @throws Refusal with all that is wrong
 */
export async function takeAll(
  plan: SavedPlan,
  folder: string,
  environment: Environment,
  setting: Setting,
  actorOf: ActorOf,
): Promise<ReviewedStack[]> {
  const taken: TakenStack[] = [];
  const reviewed: ReviewedStack[] = [];
  const wrong: string[] = [];
  for (const one of plan.stacks) {
    const actor = actorOf(one);
    const stack = await take(one, path.join(folder, one.id), environment, actor);
    if (typeof stack === "string") wrong.push(stack);
    else taken.push({ id: one.id, after: one.after, plan: one, stack, actor });
  }
  const terraform = await terraformVersion({ directory: folder, variables: setting.variables });
  const versionOf = (one: StackPlan) => actorOf(one).states.version(one.state);
  wrong.push(...(await staleness(plan, { environment, now: new Date(), terraform, versionOf })));
  // What Terraform says of a stale plan tells less.
  if (wrong.length === 0) {
    for (const read of await atOnce(taken, review)) {
      if (typeof read === "string") wrong.push(read);
      else reviewed.push(read);
    }
  }
  if (wrong.length === 0) return reviewed;
  throw new Refusal([...wrong, `Nothing was applied. Plan again, and look at it: ${planCommand(plan)}`]);
}

/** @returns a sentence where it cannot be taken */
async function take(
  plan: StackPlan,
  directory: string,
  environment: Environment,
  { states }: Setting,
): Promise<DeployableStack | string> {
  const content = await storedFolder(environment, plan, states);
  if (content === undefined) return `What was planned of ${plan.id} is not there any more, or was changed.`;
  unpack(content, directory);
  const stack = { ...stackIn(plan.id, path.join(directory, "cdk.tf.json")), after: plan.after };
  if (!isDeepStrictEqual(stack.state, plan.state)) return `The state of ${plan.id} lies elsewhere than was reviewed.`;
  return stack;
}

/** @returns a sentence where Terraform's plan is not what was reviewed, or the providers are others */
async function review(taken: TakenStack): Promise<ReviewedStack | string> {
  const { id, plan, stack, actor } = taken;
  const { directory } = stack;
  const { variables } = actor;
  const begun = await init({ directory, variables }, true);
  if (begun.code !== 0) return `The providers of ${id} are not those that it was planned with: ${errorsIn(begun.text)}`;
  const read = readPlan(id, await planAsJson(PLAN, { directory, variables }));
  const { resources, outputs } = changesIn(read);
  if (isDeepStrictEqual({ resources, outputs }, { resources: plan.resources, outputs: plan.outputs }))
    return { ...taken, read };
  return `Terraform's plan of ${id} does other things than were reviewed.`;
}
