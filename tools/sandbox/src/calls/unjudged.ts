import type { Caller } from "./calls";

/** Actions of `dev`'s writing calls that are not judged with all that they act on. README.md's table of what is real names them. */
export const UNJUDGED_WRITES: readonly string[] = [];

/** Actions that change something, and of which calls were not judged. */
export function unjudgedWrites(callers: readonly Caller[]): readonly string[] {
  const unjudged = callers.flatMap(({ calls }) =>
    calls.filter(({ writes, outcome }) => writes && outcome === "unjudged"),
  );
  return [...new Set(unjudged.map(({ action }) => action))].toSorted();
}
