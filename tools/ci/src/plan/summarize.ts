import type { PlanOutcome } from "@demarc/deploy";
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

function stackSummary({ id, stack, target }: PlanOutcome["placed"][number], outcome: PlanOutcome): StackSummary {
  const whose = { id, workspace: target.project.name, ...(stack.team === undefined ? {} : { team: stack.team }) };
  const nothing = { resources: [], outputs: [] };
  const found = outcome.found.find(({ placed }) => placed.id === id);
  if (found?.fault !== undefined) return { ...whose, ...nothing, outcome: "failed", because: headlines(found.fault) };
  const later = outcome.later.find(({ placed }) => placed.id === id);
  if (later !== undefined) return { ...whose, ...nothing, outcome: "later", because: later.because };
  if (found?.changes === undefined) return { ...whose, ...nothing, outcome: "unchanged" };
  const { resources, outputs } = found.changes;
  return { ...whose, outcome: "changes", resources: [...resources], outputs: [...outputs] };
}

/** What Terraform says below them may quote what is in a stack. It is in the log of whoever planned. */
function headlines(fault: string): string {
  const lines = fault.split("\n").filter((line) => line.startsWith("Error: "));
  return lines.length === 0 ? "Terraform failed" : lines.join("; ");
}
