import type { Environment } from "@demarc/shared/environment";
import type { Scope } from "../scope";
import { isSame, type SavedPlan, type StackPlan } from "./saved-plan";
import type { Version } from "../states";

/** What a plan is held to before it is applied. */
export interface Present {
  readonly environment: Environment;
  readonly now: Date;
  /** Version of the Terraform that would run. */
  readonly terraform: string;
  readonly versionOf: (stack: StackPlan) => Promise<Version | undefined>;
}

/** Why a plan is not what was made any more, a sentence each. It is never applied in part: a part was not reviewed. */
export async function staleness(plan: SavedPlan, present: Present): Promise<string[]> {
  const { environment, now, terraform } = present;
  const sentences: string[] = [];
  if (plan.account !== environment.account)
    sentences.push(`The plan is of account ${plan.account}, and ${environment.name} is of ${environment.account}.`);
  if (now > new Date(plan.expiresAt)) sentences.push(`The plan was made at ${plan.madeAt}, and its time is over.`);
  if (plan.terraform !== terraform)
    sentences.push(`The plan was made by Terraform ${plan.terraform}, and here is ${terraform}.`);
  for (const stack of plan.stacks) {
    const version = await present.versionOf(stack);
    if (isSame(stack.version, version)) continue;
    sentences.push(
      `The state of ${stack.id} moved on: ${told(stack.version)} was planned, and ${told(version)} is there.`,
    );
  }
  return sentences;
}

/** The command that makes another one. */
export function planCommand({ environment, cluster }: Scope): string {
  return `npm run plan -- ${environment}${cluster === undefined ? "" : ` --cluster ${cluster}`}`;
}

function told(version: Version | undefined): string {
  return version === undefined ? "none" : `serial ${String(version.serial)} of ${version.lineage}`;
}
