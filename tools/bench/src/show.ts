import type { Measure } from "./measure";

/** Prints a line of what was measured. */
export function show(name: string, figures: string): void {
  console.log(`  ${name.padEnd(38)} ${figures}`);
}

/** What else is known of a run, after its time. */
export function withUse(figures: string, { cpuSeconds, peakMb }: Pick<Measure, "cpuSeconds" | "peakMb">): string {
  return [
    figures,
    ...(cpuSeconds === undefined ? [] : [`${cpuSeconds.toFixed(1)} s of a processor`]),
    ...(peakMb === undefined ? [] : [`${peakMb.toFixed(0)} MB`]),
  ].join(", ");
}
