import { z } from "zod";
import { fact, hasFact } from "./facts";

const chartFacts = z.object({
  version: z.string(),
  repository: z.string(),
  /** By its path. */
  values: z.record(z.string(), z.object({ type: z.string(), default: z.unknown() })),
});

/**
 * Values that a chart's templates read and that its values.yaml names in comments alone, by chart and path.
 * aws-for-fluent-bit 0.2.0: templates/daemonset.yaml.
 */
const UNLISTED: Readonly<Record<string, ChartFacts["values"]>> = {
  "aws-for-fluent-bit": { priorityClassName: { type: "string", default: null } },
};

/** What is known of a chart. */
export type ChartFacts = z.output<typeof chartFacts>;

/** @returns undefined where nothing is known of it */
export function chartFactsOf(name: string): ChartFacts | undefined {
  const file = `charts/${name}.json`;
  if (!hasFact(file)) return undefined;
  const facts = chartFacts.parse(fact(file));
  return { ...facts, values: { ...facts.values, ...UNLISTED[name] } };
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
