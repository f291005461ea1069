import { apply, planInto, Refusal, type Setting } from "@demarc/deploy";
import type { Environment } from "@demarc/shared/environment";
import { planEnvironment, type Planning } from "../plan/plan";
import { hasFailed, type Summary } from "../plan/summary";
import { notReviewed } from "../reviewed/reviewed";

/** Exit codes: `asks` where somebody has to approve what nobody has reviewed. */
const EXIT = { applied: 0, failed: 1, asks: 2 } as const;

/** Exit code of an apply after which more is to be planned. */
const MORE = 2;

/** What is applied by, so that a test can put its own in place. */
export interface Applying {
  readonly setting: Setting;
  /** What the repository's files are. */
  readonly tree: string;
  /** Names of the workspaces that differ from what is deployed in the environment. It is asked anew after each apply. */
  readonly affected: () => Promise<readonly string[]>;
  /** Is given what was planned, also where it is not applied. */
  readonly tell: (summary: Summary) => void;
  readonly planner?: Planning["planner"];
  readonly applier?: (...asked: readonly [name: string, digest: string, setting: Setting]) => Promise<number>;
}

/**
 * Plans what is affected in an environment and applies exactly that plan where all that it does was reviewed; then what comes after it,
 * likewise. Where anything differs nothing of that plan is applied.
 * @returns exit code
 */
export async function applyReviewed(environment: Environment, applying: Applying): Promise<number> {
  const { setting, affected, tell, tree, planner = planInto, applier = apply } = applying;
  for (;;) {
    const workspaces = await affected();
    if (workspaces.length === 0) {
      setting.say(`All of ${environment.name} is as this commit wants it.`);
      return EXIT.applied;
    }
    let differing: string[] = [];
    const planned = await planEnvironment(environment, workspaces, setting, {
      planner,
      isSaved: true,
      look: async (outcome) => {
        differing = await notReviewed(environment, tree, outcome);
      },
    });
    const summary = { ...planned, notReviewed: differing };
    tell(summary);
    const { digest } = summary;
    if (hasFailed(summary) || digest === undefined) return EXIT.failed;
    if (differing.length > 0) return asks(environment, summary, digest, setting);
    const code = await applier(environment.name, digest, setting);
    if (code !== MORE) return code;
    if (!changes(summary)) return stuck(summary, setting);
  }
}

/**
 * Applies exactly the plan that somebody approved; then what comes after it, where that was reviewed.
 * @returns exit code
 */
export async function applyApproved(environment: Environment, digest: string, applying: Applying): Promise<number> {
  const { applier = apply, setting } = applying;
  const code = await applier(environment.name, digest, setting);
  return code === MORE ? applyReviewed(environment, applying) : code;
}

function asks({ name }: Environment, { notReviewed: ids }: Summary, digest: string, { say }: Setting): number {
  say(
    `Nothing of it is applied: ${ids.join(", ")} would be changed otherwise than was reviewed for these files, or nobody has seen it.`,
  );
  const command = `gh workflow run deploy.yml -f environment=${name} -f digest=${digest}`;
  say(`Look at the plan above. It is approved by: ${command}`);
  say(`Without a workflow: npm run ci -- apply --environment ${name} --digest ${digest}`);
  return EXIT.asks;
}

/** A plan that changes nothing, of which stacks still wait, would come again for ever. */
function stuck({ stacks }: Summary, { say }: Setting): number {
  const waiting = stacks.filter(({ outcome }) => outcome === "later");
  say(`These wait for stacks that nothing here changes: ${waiting.map(({ id }) => id).join(", ")}.`);
  return EXIT.failed;
}

function changes({ stacks }: Summary): boolean {
  return stacks.some(({ outcome }) => outcome === "changes");
}

/** @throws Refusal where what is here is no commit: only what Git knows can have been reviewed */
export function checkCommitted({ commit }: Pick<Setting, "commit">): void {
  if (commit !== undefined) return;
  throw new Refusal([
    "Something in this folder is not committed, so nobody can have reviewed it: commit it, or deploy by npm run plan and npm run apply.",
  ]);
}
