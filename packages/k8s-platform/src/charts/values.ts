import type { Problem } from "@demarc/shared/environment";
import { isRecord } from "@demarc/shared/json";
import type { KnownChart } from "./known";

type Known = Pick<KnownChart, "values" | "strict">;

/**
 * Values that a chart would leave out without a word, or that are of another type than the chart's.
 * @param path of the values, before each problem's own. @default none
 */
export function valueProblems(values: unknown, chart: Known, path = ""): Problem[] {
  return problemsAt(values, chart, "").map(({ path: at, message }) => ({ path: joined(path, at), message }));
}

function problemsAt(value: unknown, chart: Known, path: string): Problem[] {
  const known = Object.hasOwn(chart.values, path) ? chart.values[path] : undefined;
  if (known !== undefined) return misfits(value, known, chart.strict).map((message) => ({ path, message }));
  const hasParts = Object.keys(chart.values).some((other) => path === "" || other.startsWith(`${path}.`));
  if (!hasParts) return [{ path, message: "is no value of the chart, which would leave it out; correct its name" }];
  // Helm takes null for a value that is not to have the chart's default.
  if (value === null) return [];
  if (!isRecord(value)) return [{ path, message: "must be an object of the chart's values" }];
  return Object.entries(value).flatMap(([key, inner]) => problemsAt(inner, chart, joined(path, dotless(key))));
}

function misfits(value: unknown, { type, enum: allowed }: KnownChart["values"][string], strict: boolean): string[] {
  const types = type.split("|");
  if (value === null || types.includes("any")) return [];
  const its = typeOf(value);
  // A template renders a number and the same number in quotation marks alike, unless the chart says otherwise.
  const fits = types.some((other) => other === its || (!strict && isScalar(other) && isScalar(its)));
  if (!fits) return [`must be of the chart's type ${types.join(" or ")}`];
  if (allowed === undefined || allowed.includes(value)) return [];
  return [`must be one of ${allowed.map(String).join(", ")}`];
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "list";
  return typeof value;
}

function isScalar(type: string): boolean {
  return ["string", "number", "boolean"].includes(type);
}

/** A path has dots between names: one in a name is none of those. */
function dotless(key: string): string {
  return key.replaceAll(".", "\\.");
}

function joined(path: string, key: string): string {
  return path === "" || key === "" ? `${path}${key}` : `${path}.${key}`;
}
