import path from "node:path";
import { locksOf, lockSentence, type PlannedAction } from "@demarc/deploy";
import { refusedSince } from "../calls/refusals";
import { endedComponents, endedSentence } from "../clusters";
import type { Runs } from "./run-all";
import { variablesOfStack } from "./identity";
import { commandFor, type Session, stacksToDeploy, statesOf } from "../session";
import { planStacks } from "../terraform/plan";

/** What stopped cdktf in the middle: Ctrl-C, with states saved or not. */
export function stopped(session: Session, spoilt: boolean): string {
  const next = spoilt
    ? "Terraform could not save all that it had made, so the local AWS was ended: the next one starts anew."
    : "The next one goes on where this one stopped.";
  return `\nStopped. ${next} ${commandFor("up", session)}`;
}

/** Why stacks failed, as Terraform says it, what was not reached for that, and who is in the way. */
export async function failure(
  session: Session,
  action: PlannedAction,
  { outcomes, notReached }: Runs,
): Promise<string> {
  const { layout, servers } = session;
  const all = stacksToDeploy(session).map(({ stack }) => stack);
  const locks = (await locksOf(all, statesOf(session))).map(lockSentence);
  const unsuccessful = outcomes.filter(({ succeeded }) => !succeeded);
  const failed = unsuccessful.flatMap(({ progress: { stack, phase, errors } }) =>
    phase === "failed" ? [`${stack} failed:`, ...errors.map((line) => `  ${line}`), ""] : [],
  );
  const silent = unsuccessful.flatMap(({ progress }) => (progress.phase === "failed" ? [] : progress.stack));
  const asked = locks.length > 0 ? [] : await askAgain(silent, action, session);
  const refused = await refusedSince(startOf(outcomes), session);
  const rest = notReached.length === 0 ? [] : [`Not reached: ${notReached.join(", ")}`];
  const ended = (await endedComponents(servers)).map((component) => endedSentence(component, layout.root));
  const wayOut = ended.length === 0 ? [] : [...ended, `Start it again, and go on: ${commandFor("up", session)}`];
  const logs = unsuccessful.map(({ work }) => path.relative(layout.root, work.log)).join(" ");
  return ["", ...failed, ...asked, ...refused, ...rest, ...locks, ...wayOut, `All that cdktf said: ${logs}`].join("\n");
}

/** When the first stack was begun, in milliseconds; now, where none was. */
function startOf(outcomes: Runs["outcomes"]): number {
  return Math.min(Date.now(), ...outcomes.map(({ progress }) => progress.started ?? Date.now()));
}

/** cdktf may lose the last words of a Terraform that ends with an error: a plan most often fails with the same ones. */
async function askAgain(ids: readonly string[], action: PlannedAction, session: Session): Promise<string[]> {
  const stacks = session.projects.flatMap(({ stacks }) => stacks.filter(({ id }) => ids.includes(id)));
  const said: string[] = [];
  await planStacks(
    stacks,
    (stack) => variablesOfStack(session, stack, "deploy"),
    session.layout,
    ({ id }, result) => {
      const words =
        result.kind === "failed" ? result.text : "Terraform ended without a word, and a plan of it goes well.";
      said.push(`${id} failed:`, ...words.split("\n").map((line) => `  ${line}`), "");
    },
    action,
  );
  return said;
}
