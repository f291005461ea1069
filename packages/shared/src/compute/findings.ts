import type { WrittenObject } from "./written-objects";

/** What is said of something: problems stop a synth, warnings are printed. */
export interface Findings {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** What a kind of compute cannot run. */
export interface ComputeLimits {
  readonly findings: (object: WrittenObject) => Findings;
}
