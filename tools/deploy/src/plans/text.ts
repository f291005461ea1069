import type { PlacedStack } from "../graph";
import type { Scope } from "../scope";
import { type Action, summaryOf } from "./changes";
import type { Found } from "./found";
import type { Later } from "./later";
import { HOURS } from "./saved-plan";

/** Signs of what is done, as Terraform has them where it has any. */
const SIGNS: Readonly<Record<Action, string>> = {
  create: "+",
  update: "~",
  replace: "-/+",
  delete: "-",
  forget: ".",
  import: "=",
  move: ">",
};

/** What was found, stack by stack: actions and addresses, and no value. */
export function planLines(
  placed: readonly PlacedStack[],
  found: readonly Pick<Found, "placed" | "changes" | "fault">[],
  later: readonly Later[],
): string[] {
  const width = Math.max(0, ...placed.map(({ id }) => id.length));
  return placed.flatMap(({ id }) => {
    const line = (said: string) => `  ${id.padEnd(width)}  ${said}`;
    const one = found.find((each) => each.placed.id === id);
    if (one?.fault !== undefined) return [line("failed"), ...one.fault.split("\n").map((text) => `    ${text}`)];
    const waits = later.find((each) => each.placed.id === id);
    if (waits !== undefined) return [line(`is planned later: it ${waits.because}`)];
    if (one?.changes === undefined) return [line("no change")];
    const { resources } = one.changes;
    return [line(summaryOf(one.changes)), ...resources.map((each) => `    ${SIGNS[each.action]} ${each.address}`)];
  });
}

/** What was found to be changed by hand, stack by stack. */
export function driftLines(found: readonly Pick<Found, "placed" | "changes" | "fault">[]): string[] {
  return planLines(
    found.map(({ placed }) => placed),
    found,
    [],
  ).map((line) => line.replace(/no change$/, "nothing changed by hand"));
}

/** How exactly this is applied. */
export function nextStep({ environment }: Scope, digest: string, isChanged: boolean): string {
  const what = isChanged ? "Apply exactly this" : "Record that it is as this commit wants it";
  return `${what}, within ${String(HOURS)} hours: npm run apply -- ${environment} ${digest}`;
}
