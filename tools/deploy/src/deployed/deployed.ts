import { table } from "@demarc/command";
import type { Environment } from "@demarc/shared/environment";
import type { Setting } from "../setting";
import type { AffectedSince } from "./affected";
import { type Deploy, type DeployedStacks, deployedStacks } from "./records";

/**
 * Tells what is deployed of each project in an environment: by which commit, when and by whom, and whether a change since then touches
 * the project.
 * @returns exit code
 */
export async function deployed(
  environment: Environment,
  { projects, states, say }: Pick<Setting, "projects" | "states" | "say">,
  affectedSince: AffectedSince,
): Promise<number> {
  const rows: string[][] = [];
  for (const { name } of projects) {
    const groups = byCommit(await deployedStacks(environment, name, states));
    if (groups.length === 0) rows.push([name, "0", "–", "–", "–", "nothing is recorded"]);
    for (const { last, stacks } of groups) {
      const { commit = "–", at, by } = last;
      rows.push([name, String(stacks), commit.slice(0, 12), at, by, await since(name, last, affectedSince)]);
    }
  }
  for (const line of table(["workspace", "stacks", "commit", "when", "by", "since then"], rows)) say(line);
  return 0;
}

interface Group {
  /** The last deploy of them. */
  readonly last: Deploy;
  /** How many stacks. */
  readonly stacks: number;
}

/** Most often one: several where a deploy of the project failed, or was of one cluster alone. */
function byCommit(stacks: DeployedStacks): Group[] {
  const groups = new Map<string, Group>();
  for (const deploy of Object.values(stacks)) {
    const { last = deploy, stacks: count } = groups.get(deploy.commit ?? "") ?? { stacks: 0 };
    groups.set(deploy.commit ?? "", { last: deploy.at > last.at ? deploy : last, stacks: count + 1 });
  }
  return [...groups.values()].sort((one, other) => (one.last.at < other.last.at ? 1 : -1));
}

async function since(project: string, { commit }: Deploy, affectedSince: AffectedSince): Promise<string> {
  if (commit === undefined) return "was not committed";
  const affected = await affectedSince(commit);
  if (affected === undefined) return "no commit of this repository";
  return affected.has(project) ? "changed" : "no change";
}
