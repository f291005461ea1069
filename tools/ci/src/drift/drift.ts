import { callersSetting, checkEndpoints, drift as look, type Drifted } from "@demarc/deploy";
import { environmentNamed } from "@demarc/shared/environment";
import { allInTurn } from "../environments";
import { isForPeople, writeSummary } from "../plan/plan";
import { found } from "../plan/summarize";
import { type Summary, unplanned } from "../plan/summary";

/** What is asked of a look for drift. */
export interface DriftAsked {
  /** @default all */
  readonly environment: string | undefined;
  /** Folder for a summary of each environment in which something drifted: `<name>.json`. @default none is written */
  readonly out: string | undefined;
}

/** @returns exit code: 0 nothing was changed by hand, 2 something was, 1 an error in any environment */
export async function drift({ environment, out }: DriftAsked, root: string): Promise<number> {
  const setting = await callersSetting("plan", root);
  checkEndpoints(setting.variables);
  const { environments, say, projects } = setting;
  const meant = environment === undefined ? allInTurn(environments) : [environmentNamed(environment, environments)];
  const workspaces = projects.map(({ name }) => name);
  const codes: number[] = [];
  for (const { name } of meant) {
    let summary: Summary | undefined;
    try {
      const code = await look({ environment: name }, setting, (drifted) => {
        summary = driftSummary(name, workspaces, drifted);
      });
      codes.push(code);
      if (code === 0) continue;
    } catch (error) {
      if (!isForPeople(error)) throw error;
      say(error.message);
      codes.push(1);
      summary = { ...unplanned(name, workspaces, error.message), of: "drift" };
    }
    if (out !== undefined && summary !== undefined) writeSummary(out, summary);
  }
  return codes.includes(1) ? 1 : Math.max(0, ...codes);
}

function driftSummary(environment: string, workspaces: readonly string[], drifted: readonly Drifted[]): Summary {
  return { ...unplanned(environment, workspaces), of: "drift", stacks: drifted.map((one) => found(one.placed, one)) };
}
