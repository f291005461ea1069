import { readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import type { Layout } from "../layout";
import { counts, type Counts } from "./calls";

const lastUp = z.object({
  endedAt: z.iso.datetime(),
  /** How long it took. */
  seconds: z.number(),
  /** How long calls waited for the judge meanwhile: summed over calls that ran beside each other, so at most that. */
  judging: z.number(),
});

export type LastUp = z.infer<typeof lastUp>;

/** What the local AWS has counted so far. */
export async function takenCounts({ awsUrl }: { readonly awsUrl: string }): Promise<Counts> {
  return counts.parse(await (await fetch(`${awsUrl}/_sandbox/calls`)).json());
}

/** Keeps how long an `up` took, and the judge in it. */
export function keepLastUp({ lastUp: file }: Pick<Layout, "lastUp">, kept: LastUp): void {
  writeFileSync(file, JSON.stringify(kept));
}

/** @returns undefined where none has ended well since the servers were started */
export function readLastUp({ lastUp: file }: Pick<Layout, "lastUp">, startedAt: Date): LastUp | undefined {
  try {
    const kept = lastUp.parse(JSON.parse(readFileSync(file, "utf8")));
    return Date.parse(kept.endedAt) >= startedAt.getTime() ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** How much of an `up` the judge took. */
export function shareLine({ seconds, judging }: LastUp): string {
  const share = seconds === 0 ? 0 : (100 * judging) / seconds;
  return `Of the last up, ${seconds.toFixed(0)} s, judging took ${judging.toFixed(1)} s at most: ${share.toFixed(1)} %.`;
}
