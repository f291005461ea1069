import { callersSetting, checkEndpoints, Refusal, savedCommit, settingOfEnvironment } from "@demarc/deploy";
import { environmentNamed } from "@demarc/shared/environment";
import { Git } from "../git";
import { workspacesIn, writeSummary } from "../plan/plan";
import { affectedTasks } from "../tasks/command";
import { applyApproved, applyReviewed, type Applying, checkCommitted } from "./apply";

/** What is asked of an apply. */
export interface ApplyAsked {
  readonly environment: string;
  /** Of the plan that somebody approved. @default what was reviewed is planned anew, and applied */
  readonly digest: string | undefined;
  /** Folder for the summary of what was planned. @default none is written */
  readonly out: string | undefined;
}

/** @returns exit code: 0 all is applied, 1 an error, 2 somebody has to approve what nobody has reviewed */
export async function apply({ environment: name, digest, out }: ApplyAsked, root: string): Promise<number> {
  const own = await callersSetting("deploy", root);
  checkEndpoints(own.variables);
  checkCommitted(own);
  const environment = environmentNamed(name, own.environments);
  const setting = await settingOfEnvironment(environment, own);
  const git = new Git(root);
  const applying: Applying = {
    setting,
    tree: await git.tree(),
    affected: async () => workspacesIn(environment, await affectedTasks(undefined, [environment], setting)),
    tell: (summary) => {
      if (out !== undefined) writeSummary(out, summary);
    },
  };
  if (digest === undefined) return applyReviewed(environment, applying);
  const commit = await savedCommit(environment, digest, setting);
  if (commit !== undefined && (await git.history()).has(commit)) return applyApproved(environment, digest, applying);
  throw new Refusal([
    `The plan ${digest} is not there, or was made of files that this branch does not have: approve the plan that a deploy of this branch asked for.`,
  ]);
}
