import type { Environment } from "@demarc/shared/environment";
import { planManifestOf, savedPlanOf } from "@demarc/shared/state";
import type { States } from "../states";
import { digestOf, type SavedPlan, savedPlanIn, type StackPlan, written } from "./saved-plan";

/** Whose part of a saved plan it is: each project's lies in a folder of its own, which its team's roles may be held to. */
type Owned = Pick<StackPlan, "id" | "project">;

/** Stores the folder that is applied of a stack. @returns its digest, by which it is found */
export async function storeFolder(
  environment: Environment,
  { project, id }: Owned,
  content: Buffer,
  states: States,
): Promise<string> {
  const digest = digestOf(content);
  await states.store(savedPlanOf(environment, project, id, digest), content);
  return digest;
}

/** @returns undefined where it is not there, or is not what was stored */
export async function storedFolder(
  environment: Environment,
  { project, id, folder }: StackPlan,
  states: States,
): Promise<Buffer | undefined> {
  const content = await states.file(savedPlanOf(environment, project, id, folder));
  return content !== undefined && digestOf(content) === folder ? content : undefined;
}

/** Stores a plan of several stacks. @returns its digest, by which it is approved and found */
export async function storePlan(environment: Environment, plan: SavedPlan, states: States): Promise<string> {
  const text = written(plan);
  const digest = digestOf(text);
  await states.store(planManifestOf(environment, digest), Buffer.from(text));
  return digest;
}

/** Commit that a stored plan was made of. @returns undefined where there is no such plan, or it was made of no commit */
export async function savedCommit(
  environment: Environment,
  digest: string,
  { states }: { readonly states: States },
): Promise<string | undefined> {
  return (await storedPlan(environment, digest, states))?.commit;
}

/** @returns undefined where it is not there, is not what was stored, or is no plan */
export async function storedPlan(
  environment: Environment,
  digest: string,
  states: States,
): Promise<SavedPlan | undefined> {
  const content = await states.file(planManifestOf(environment, digest));
  if (content === undefined || digestOf(content) !== digest) return undefined;
  return savedPlanIn(content.toString("utf8"));
}
