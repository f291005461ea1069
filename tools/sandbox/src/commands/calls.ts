import { Refusal } from "@demarc/deploy";
import { type Caller, type Counts, judgedWrites, neverCalled } from "../calls/calls";
import { type LastUp, readLastUp, shareLine, takenCounts } from "../calls/last-up";
import { nameOf, refusalLines, takenCalls } from "../calls/refusals";
import { servicesLine } from "../calls/service-linked";
import type { RecordedCalls } from "../judge/record";
import { serversState } from "../local-aws/servers";
import type { Surroundings } from "../session";
import { table } from "@demarc/command";

/**
 * Shows what each role called in this run, what of it was refused, and what it may do and never did.
 * @param role name or ARN. @default all that called something
 * @returns exit code
 */
export async function calls(role: string | undefined, { layout, console }: Surroundings): Promise<number> {
  const state = await serversState(layout);
  if (state.kind !== "serving") throw new Refusal(["No local AWS runs: npm run sandbox starts one."]);
  const taken = await takenCalls(state.servers);
  const counted = await takenCounts(state.servers);
  const meant = taken.roles.filter(({ role: arn }) => role === undefined || arn === role || arn.endsWith(`/${role}`));
  if (role !== undefined && meant.length === 0) {
    const others = taken.roles.map((each) => `  ${each.role}`);
    throw new Refusal([`No role "${role}" has called anything; these have:`, ...others]);
  }
  const said = [
    ...called(meant),
    ...refused(layout.root, taken, meant),
    ...(await unused(meant, role !== undefined)),
    ...figures(meant, counted, readLastUp(layout, state.servers.startedAt)),
  ];
  for (const line of said) console.say(line);
  return 0;
}

/** What was refused comes first. */
function called(callers: readonly Caller[]): string[] {
  const order = ["refused", "unjudged", "allowed"];
  const all = callers.flatMap(({ role, calls }) => calls.map((call) => ({ role, ...call })));
  const rows = all
    .toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome))
    .map(({ role, action, count, outcome, reason }) => [
      nameOf(role),
      action,
      String(count),
      outcome === "unjudged" ? `served, not judged: ${reason ?? ""}` : outcome,
    ]);
  return table(["role", "called", "times", "was"], rows);
}

function refused(root: string, { refusals }: RecordedCalls, callers: readonly Caller[]): string[] {
  const roles = new Set(callers.map(({ role }) => role));
  const lines = refusalLines(
    root,
    refusals.filter(({ role }) => roles.has(role)),
  );
  return lines.length === 0 ? [] : ["", "Refused:", ...lines];
}

/** Of one role by name; of all of them how many, as the lists are long. */
async function unused(callers: readonly Caller[], byName: boolean): Promise<string[]> {
  const lines = await Promise.all(
    callers.map(async (caller) => {
      const actions = await neverCalled(caller);
      if (actions.includes("*")) return `  ${nameOf(caller.role)}: everything; it is an administrator`;
      if (!byName) return `  ${nameOf(caller.role)}: ${String(actions.length)} actions`;
      return actions.map((action) => `  ${action}`).join("\n") || "  nothing";
    }),
  );
  return ["", "May do, and did not:", ...lines];
}

function figures(
  callers: readonly Caller[],
  { others, services, judged, seconds }: Counts,
  lastUp: LastUp | undefined,
): string[] {
  const { writes, judged: withResource } = judgedWrites(callers);
  const share = writes === 0 ? 100 : (100 * withResource) / writes;
  const each = judged === 0 ? 0 : (1000 * seconds) / judged;
  return [
    "",
    `${String(writes)} calls change something; ${share.toFixed(1)} % of them were judged with what they act on.`,
    `Judging took ${seconds.toFixed(1)} s in all, ${each.toFixed(1)} ms a call; ${String(others)} calls came from no role: the sandbox's own, and users'.`,
    ...servicesLine(services),
    ...(lastUp === undefined ? [] : [shareLine(lastUp)]),
  ];
}
