import path from "node:path";
import { locksOf, lockSentence } from "@demarc/deploy";
import type { Outcome } from "./cdktf-run";
import { deployed } from "./preflight/prepare";
import { type Session, statesOf, variablesOf } from "./session";
import { planStacks } from "./terraform/plan";

/** What stopped cdktf in the middle: Ctrl-C, with states saved or not. */
export function stopped({ environment }: Session, spoilt: boolean): string {
  const next = spoilt
    ? "Terraform could not save all that it had made, so the local AWS was ended: the next one starts anew."
    : "The next one goes on where this one stopped.";
  return `\nStopped. ${next} npm run sandbox -- up ${environment.name}`;
}

/** Why cdktf failed, as Terraform says it, and who is in the way. */
export async function failure(session: Session, { stacks, work }: Outcome): Promise<string> {
  const { layout, projects } = session;
  const all = deployed(projects).flatMap((project) => project.stacks);
  const locks = (await locksOf(all, statesOf(session))).map(lockSentence);
  const failed = stacks
    .filter(({ phase }) => phase === "failed")
    .flatMap(({ stack, errors }) => [`${stack} failed:`, ...errors.map((line) => `  ${line}`), ""]);
  const silent = stacks.filter(({ phase }) => phase === "planning" || phase === "changing").map(({ stack }) => stack);
  const skipped = stacks.filter(({ phase }) => phase === "waiting" || phase === "initializing");
  const notReached = skipped.length === 0 ? [] : [`Not reached: ${skipped.map(({ stack }) => stack).join(", ")}`];
  const asked = locks.length > 0 ? [] : await askAgain(silent, work.action, session);
  const log = path.relative(layout.root, work.log);
  return ["", ...failed, ...asked, ...notReached, ...locks, `All that cdktf said: ${log}`].join("\n");
}

/** cdktf may lose the last words of a Terraform that ends with an error: a plan most often fails with the same ones. */
async function askAgain(ids: readonly string[], action: "deploy" | "destroy", session: Session): Promise<string[]> {
  const stacks = deployed(session.projects).flatMap(({ stacks }) => stacks.filter(({ id }) => ids.includes(id)));
  const said: string[] = [];
  await planStacks(
    stacks,
    variablesOf(session),
    session.layout.logs,
    ({ id }, result) => {
      const words =
        result.kind === "failed" ? result.text : "Terraform ended without a word, and a plan of it goes well.";
      said.push(`${id} failed:`, ...words.split("\n").map((line) => `  ${line}`), "");
    },
    action,
  );
  return said;
}
