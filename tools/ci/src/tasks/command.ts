import { table } from "@demarc/command";
import { callersSetting, checkEndpoints, type Setting } from "@demarc/deploy";
import { type Environment, environmentNamed } from "@demarc/shared/environment";
import { NxAffected } from "../affected/affected";
import { allInTurn, inTheirTurn } from "../environments";
import { Git } from "../git";
import { readRecords } from "./read-records";
import { type Repository, type Task, tasksOfChange, tasksOfRecords } from "./tasks";

/** What is asked of tasks. */
export interface TasksAsked {
  /** What a branch of changes began at. Undefined: what is deployed is what counts. */
  readonly base: string | undefined;
  /** @default all, or for a matrix all that have pipelines */
  readonly environment: string | undefined;
  /** Whether a matrix of a pipeline is to be made of it. */
  readonly json: boolean;
}

/** Which workspaces of which environments are affected. @returns exit code */
export async function tasks({ base, environment, json }: TasksAsked, root: string): Promise<number> {
  const setting = await callersSetting("plan", root);
  const known = json ? inTheirTurn(setting.environments) : allInTurn(setting.environments);
  const meant = environment === undefined ? known : [environmentNamed(environment, setting.environments)];
  const found = await affectedTasks(base, meant, setting);
  if (json) setting.say(JSON.stringify(matrixOf(found)));
  else for (const line of linesOf(found)) setting.say(line);
  return 0;
}

/**
 * What is to be planned.
 * @param base what a branch of changes began at. Undefined: the records of what is deployed tell
 */
export async function affectedTasks(
  base: string | undefined,
  environments: readonly Environment[],
  setting: Setting,
): Promise<Task[]> {
  const workspaces = setting.projects.map(({ name }) => name);
  // nx begins while the rest is looked at.
  const affected = new NxAffected(setting.root);
  const repository: Repository = { git: new Git(setting.root), affected, workspaces };
  try {
    if (base !== undefined) return await tasksOfChange(base, environments, repository);
    checkEndpoints(setting.variables);
    return await tasksOfRecords(await readRecords(environments, setting), repository);
  } finally {
    affected.end();
  }
}

/** An entry for each environment that has something to do, in their order: `include` of a matrix. */
function matrixOf(found: readonly Task[]): { environment: string; workspaces: string[] }[] {
  return [...new Set(found.map(({ environment }) => environment))].map((environment) => ({
    environment,
    workspaces: found.filter((task) => task.environment === environment).map(({ workspace }) => workspace),
  }));
}

function linesOf(found: readonly Task[]): string[] {
  if (found.length === 0) return ["Nothing is affected."];
  const rows = found.map(({ environment, workspace, because }) => [environment, workspace, because]);
  return table(["environment", "workspace", "because"], rows);
}
