import assert from "node:assert/strict";
import { refusalLines, takenCalls } from "../calls/refusals";
import { UNJUDGED_WRITES } from "../calls/unjudged";
import type { RecordedCalls } from "../judge/record";
import { layout, runningServers } from "./programs";

/** What a test asks for as a role, of one resource, and is refused. */
export interface Provoked {
  /** ARN of the role. */
  readonly role: string;
  readonly action: string;
}

/**
 * IAM refused what the test provoked, and nothing else; and it judged all that it served.
 * @param provoked since the local AWS was started. @default nothing
 * @throws AssertionError that tells what else was refused, or served and not judged, by whom and why
 */
export async function refusedAlone(provoked: readonly Provoked[] = []): Promise<void> {
  const faults = callFaults(layout.root, await takenCalls(await runningServers()), provoked);
  assert.deepEqual(faults, []);
}

/** What was refused and nobody provoked, what was provoked and not refused, and what was served and not judged: lines. */
export function callFaults(root: string, taken: RecordedCalls, provoked: readonly Provoked[]): string[] {
  const missing = [...provoked];
  const others = taken.refusals.filter(({ role, action }) => {
    const at = missing.findIndex((one) => one.role === role && one.action === action);
    if (at === -1) return true;
    // It is of one resource: the same of another one was not provoked.
    missing.splice(at, 1);
    return false;
  });
  return [
    ...refusalLines(root, others),
    ...missing.map(({ role, action }) => `${role} was not refused ${action}`),
    ...unjudged(taken),
  ];
}

function unjudged({ roles }: RecordedCalls): string[] {
  return roles.flatMap(({ role, calls }) =>
    calls
      .filter(({ action, outcome }) => outcome === "unjudged" && !UNJUDGED_WRITES.includes(action))
      .map(({ action, reason = "" }) => `${role}: ${action} was served, not judged: ${reason}`),
  );
}
