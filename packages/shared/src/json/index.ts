export { terraformLiteral } from "./terraform";

/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object. */
export type JsonObject = Readonly<Record<string, Json>>;

/** Whether a value has fields by name: an object that is no list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What a JSON text says. Undefined: it is none, or readers may differ in what it says. */
export function unambiguousJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return repeatsName(text) || inheritedNames(value).length > 0 ? undefined : value;
  } catch {
    return undefined;
  }
}

/**
 * Names in a JSON value, at any depth, that every JavaScript object has without being given them, such as `__proto__`: code that looks
 * something up by name finds something else under them than Terraform does.
 */
export function inheritedNames(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  const own = Array.isArray(value) ? [] : Object.keys(value).filter((name) => name in Object.prototype);
  return [...own, ...Object.values(value).flatMap(inheritedNames)];
}

/** Whether an object of a JSON text has a name twice: readers differ in which value they take. */
export function repeatsName(text: string): boolean {
  const written = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/gs)].filter(([, colon]) => colon !== undefined).length;
  return written !== namesIn(JSON.parse(text));
}

function namesIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value).reduce((sum: number, it) => sum + namesIn(it), 0);
  return Array.isArray(value) ? inner : inner + Object.keys(value).length;
}
