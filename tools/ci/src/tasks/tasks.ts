import type { Environment } from "@demarc/shared/environment";
import { type DeployedProject, isAdministrators } from "@demarc/deploy";
import type { Affected } from "../affected/affected";
import type { Git } from "../git";

/** A workspace that is to be planned in an environment. */
export interface Task {
  readonly environment: string;
  /** Name of its nx project. */
  readonly workspace: string;
  /** Why, in a few words: of several reasons the first. */
  readonly because: string;
}

/** What tasks are made of. */
export interface Repository {
  readonly git: Pick<Git, "mergeBase" | "history">;
  readonly affected: Affected;
  /** Names of the workspaces, in the order in which they are deployed. */
  readonly workspaces: readonly string[];
}

/**
 * What a branch of changes touches, in every environment alike.
 * @param base what the branch began at, such as `origin/main`
 */
export async function tasksOfChange(
  base: string,
  environments: readonly Environment[],
  { git, affected, workspaces }: Repository,
): Promise<Task[]> {
  const commit = await git.mergeBase(base);
  const touched = (await affected.since([commit])).get(commit) ?? new Set();
  const because = `changed since ${short(commit)}`;
  return environments.flatMap(({ name: environment }) =>
    workspaces.filter((workspace) => touched.has(workspace)).map((workspace) => ({ environment, workspace, because })),
  );
}

/** What is recorded of a workspace in an environment. */
export interface Recorded {
  readonly environment: Environment;
  readonly workspace: string;
  readonly deployed: DeployedProject;
}

/**
 * What differs from what is deployed, by the records of that. A deploy that failed left its stacks at the commit before, so it is
 * asked for again, whichever run of a pipeline was the last green one.
 */
export async function tasksOfRecords(all: readonly Recorded[], { git, affected }: Repository): Promise<Task[]> {
  const history = await git.history();
  const records = all.map(withoutAdministrators);
  const commits = new Set(records.flatMap(({ deployed }) => Object.values(deployed.stacks).flatMap(commitOf)));
  const touchedSince = await affected.since([...commits].filter((commit) => history.has(commit)));
  return records.flatMap(({ environment: { name: environment }, workspace, deployed }) => {
    const because = reasonOf(workspace, deployed, history, touchedSince);
    return because === undefined ? [] : { environment, workspace, because };
  });
}

/** What administrators deploy by themselves waits for no pipeline. */
function withoutAdministrators({ environment, deployed, ...rest }: Recorded): Recorded {
  const stacks = Object.entries(deployed.stacks).filter(([id]) => !isAdministrators(id, environment));
  const missing = deployed.missing.filter((id) => !isAdministrators(id, environment));
  return { ...rest, environment, deployed: { stacks: Object.fromEntries(stacks), missing } };
}

function reasonOf(
  workspace: string,
  { stacks, missing }: DeployedProject,
  history: ReadonlySet<string>,
  touchedSince: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  if (missing.length > 0) return `${missing.join(", ")} was not deployed yet`;
  if (Object.keys(stacks).length === 0) return "nothing is deployed";
  for (const [id, { commit }] of Object.entries(stacks)) {
    if (commit === undefined) return `${id} was deployed from what was not committed`;
    if (!history.has(commit)) return `${id} is of ${short(commit)}, which is not in this history`;
    if (touchedSince.get(commit)?.has(workspace) === true) return `changed since ${short(commit)}, which ${id} is of`;
  }
  return undefined;
}

function commitOf({ commit }: { readonly commit?: string | undefined }): string[] {
  return commit === undefined ? [] : [commit];
}

function short(commit: string): string {
  return commit.slice(0, 12);
}
