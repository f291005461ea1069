import { everAllowed } from "@demarc/judge";
import { z } from "zod";
import { policiesOf } from "../judge/policies";
import type { RecordedCall, RecordedCalls } from "../judge/record";

/** What the local AWS counts of the calls that it serves. */
export const counts = z.object({
  /** Calls that neither a session of a role nor a service of AWS made. */
  others: z.number(),
  /** Calls that a service of AWS made by itself, by its name. */
  services: z.record(z.string(), z.number()),
  /** Calls of roles. */
  judged: z.number(),
  /** Seconds that the judging of those took, all in all. */
  seconds: z.number(),
});

export type Counts = z.infer<typeof counts>;

export type Caller = RecordedCalls["roles"][number];

/** What a role may do, and did not in this run: actions; `*` alone where it may do everything. */
export async function neverCalled({ policies, boundary, calls }: Caller): Promise<readonly string[]> {
  const allowed = await everAllowed(policiesOf({ policies, boundary }));
  const called = new Set(calls.map(({ action }) => action.toLowerCase()));
  return allowed.filter((action) => !called.has(action.toLowerCase()));
}

/** How many of the calls that change something were judged, with what they act on. */
export function judgedWrites(callers: readonly Caller[]): { readonly writes: number; readonly judged: number } {
  const writing = callers.flatMap(({ calls }) => calls).filter(({ writes }) => writes);
  return { writes: total(writing), judged: total(writing.filter(({ outcome }) => outcome !== "unjudged")) };
}

function total(calls: readonly RecordedCall[]): number {
  return calls.reduce((sum, { count }) => sum + count, 0);
}
