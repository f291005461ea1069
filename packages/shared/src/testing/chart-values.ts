import { z } from "zod";
import { fact, hasFact } from "./facts";

const chartFacts = z.object({
  version: z.string(),
  repository: z.string(),
  /** By its path. */
  values: z.record(z.string(), z.object({ type: z.string(), default: z.unknown() })),
});

/** What is known of a chart. */
export type ChartFacts = z.output<typeof chartFacts>;

/** @returns undefined where nothing is known of it */
export function chartFactsOf(name: string): ChartFacts | undefined {
  const file = `charts/${name}.json`;
  return hasFact(file) ? chartFacts.parse(fact(file)) : undefined;
}

/** What a chart may render whole, with whatever is in it. */
const WHOLE = ["any", "list", "object"];

/** Paths of values that a chart would leave out without a word. */
export function unknownValues(values: unknown, { values: known }: Pick<ChartFacts, "values">): string[] {
  return leaves(values).filter((path) => {
    const keys = path.split(".");
    const above = keys.slice(1).map((_, at) => keys.slice(0, at + 1).join("."));
    return !(path in known) && !above.some((whole) => WHOLE.includes(known[whole]?.type ?? ""));
  });
}

function leaves(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}
