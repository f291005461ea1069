import type { PlacedStack, PlanOutcome } from "@demarc/deploy";
import { contractChanges } from "./contract-changes";
import { type StackSummary, type Summary, unplanned } from "./summary";

/** What may be told of a plan. */
export function summaryOf(environment: string, workspaces: readonly string[], outcome: PlanOutcome): Summary {
  const { placed, findings, digest } = outcome;
  return {
    ...unplanned(environment, workspaces),
    stacks: placed.map((one) => stackSummary(one, outcome)),
    contracts: contractChanges(outcome),
    findings: findings.map(({ stack, address, rule, verdict, reason, allow }) => ({
      ...{ stack, address, rule, verdict, reason, allow },
    })),
    ...(digest === undefined ? {} : { digest }),
  };
}

function stackSummary(placed: PlacedStack, outcome: PlanOutcome): StackSummary {
  const later = outcome.later.find((one) => one.placed.id === placed.id);
  const one = outcome.found.find((each) => each.placed.id === placed.id);
  if (later === undefined || one?.fault !== undefined) return found(placed, one);
  return { ...whose(placed), resources: [], outputs: [], outcome: "later", because: later.because };
}

/** What was found of a stack. @param one undefined: nothing was looked for */
export function found(
  placed: PlacedStack,
  one: Pick<PlanOutcome["found"][number], "fault" | "changes"> | undefined,
): StackSummary {
  const nothing = { ...whose(placed), resources: [], outputs: [] };
  if (one?.fault !== undefined) return { ...nothing, outcome: "failed", because: headlines(one.fault) };
  if (one?.changes === undefined) return { ...nothing, outcome: "unchanged" };
  const { resources, outputs } = one.changes;
  return { ...whose(placed), outcome: "changes", resources: [...resources], outputs: [...outputs] };
}

function whose({ id, stack, target }: PlacedStack) {
  return { id, workspace: target.project.name, ...(stack.team === undefined ? {} : { team: stack.team }) };
}

/** What Terraform says below them may quote what is in a stack. It is in the log of whoever planned. */
function headlines(fault: string): string {
  const lines = fault.split("\n").filter((line) => line.startsWith("Error: "));
  return lines.length === 0 ? "Terraform failed" : lines.join("; ");
}
