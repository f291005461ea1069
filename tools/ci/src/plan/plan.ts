import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { callersSetting, checkEndpoints, planInto, type PlanOutcome, type Setting } from "@demarc/deploy";
import { type Environment, environmentNamed, InvalidInput } from "@demarc/shared/environment";
import { allInTurn } from "../environments";
import { Git } from "../git";
import { keepReviewed } from "../reviewed/reviewed";
import { affectedTasks } from "../tasks/command";
import type { Task } from "../tasks/tasks";
import { summaryOf } from "./summarize";
import { hasFailed, type Summary, unplanned } from "./summary";

/** What is asked of a plan. */
export interface PlanAsked {
  /** What a branch of changes began at. */
  readonly base: string;
  /** @default all that the branch touches */
  readonly environment: string | undefined;
  /** Folder for a summary of each environment: `<name>.json`. @default none is written */
  readonly out: string | undefined;
}

/** Plans all that a branch of changes touches, and saves no plan: what is applied is planned anew. @returns exit code */
export async function plan({ base, environment, out }: PlanAsked, root: string): Promise<number> {
  const setting = await callersSetting("plan", root);
  checkEndpoints(setting.variables);
  const { environments, commit, say } = setting;
  const meant = environment === undefined ? allInTurn(environments) : [environmentNamed(environment, environments)];
  const tasks = await affectedTasks(base, meant, setting);
  if (tasks.length === 0) say("Nothing is affected.");
  if (commit === undefined) say("Something is not committed, so this counts as reviewed by nobody.");
  const tree = commit === undefined ? undefined : await new Git(root).tree();
  let isFailed = false;
  for (const one of meant) {
    const workspaces = workspacesIn(one, tasks);
    if (workspaces.length === 0) continue;
    const found = await planEnvironment(one, workspaces, setting, {
      planner: planInto,
      isSaved: false,
      look: async (outcome) => {
        if (tree !== undefined && outcome.code !== 1) await keepReviewed(one, tree, outcome);
      },
    });
    if (out !== undefined) writeSummary(out, found);
    isFailed ||= hasFailed(found);
  }
  return isFailed ? 1 : 0;
}

export function workspacesIn({ name }: Environment, tasks: readonly Task[]): string[] {
  return tasks.filter(({ environment }) => environment === name).map(({ workspace }) => workspace);
}

/** How an environment is planned. */
export interface Planning {
  readonly planner: typeof planInto;
  /** Whether the plan is saved, to be applied. */
  readonly isSaved: boolean;
  /** Is given what was found, before its folders go. */
  readonly look: (outcome: PlanOutcome) => Promise<void>;
}

/** Plans workspaces of an environment. @returns what may be told of it, also where nothing could be planned */
export async function planEnvironment(
  { name }: Environment,
  workspaces: readonly string[],
  setting: Setting,
  { planner, isSaved, look }: Planning,
): Promise<Summary> {
  let found: Summary | undefined;
  const projects = setting.projects.filter((project) => workspaces.includes(project.name));
  try {
    await planner(projects, { environment: name }, setting, {
      isSaved,
      look: async (outcome) => {
        found = summaryOf(name, workspaces, outcome);
        await look(outcome);
      },
    });
  } catch (error) {
    if (!isForPeople(error)) throw error;
    setting.say(error.message);
    return unplanned(name, workspaces, error.message);
  }
  return found ?? unplanned(name, workspaces, "It could not be synthesized: the log of this job says why.");
}

/** By its name: a class may have been loaded twice. */
export function isForPeople(error: unknown): error is Error {
  return error instanceof InvalidInput || (error instanceof Error && error.name === "Refusal");
}

export function writeSummary(folder: string, summary: Summary): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${summary.environment}.json`), JSON.stringify(summary, undefined, 2));
}
