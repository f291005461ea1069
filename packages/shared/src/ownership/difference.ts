import { isDeepStrictEqual } from "node:util";
import { isRecord } from "../json";
import { shown } from "./condition";

/** Where a part of a stack differs from what its base stack makes it: each place, what it is and what it must be. */
export function differences(actual: unknown, expected: unknown, place: string): string[] {
  if (isDeepStrictEqual(actual, expected)) return [];
  if (isRecord(actual) && isRecord(expected)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])];
    return keys.flatMap((key) => differences(actual[key], expected[key], `${place}.${key}`));
  }
  if (Array.isArray(actual) && Array.isArray(expected)) {
    return Array.from({ length: Math.max(actual.length, expected.length) }).flatMap((_, index) =>
      differences(actual[index], expected[index], `${place}[${String(index)}]`),
    );
  }
  return [`${place} is ${shown(actual)} and must be ${shown(expected)}`];
}
