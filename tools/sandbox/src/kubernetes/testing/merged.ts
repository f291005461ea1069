import { isRecord } from "@demarc/shared/json";

/** A value with a JSON merge patch (RFC 7396) applied: null takes a field away, a list replaces a list. */
export function merged(value: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const kept = isRecord(value) ? value : {};
  const changed = Object.entries(patch).map(([key, change]) => [key, merged(kept[key], change)] as const);
  const all = { ...kept, ...Object.fromEntries(changed) };
  return Object.fromEntries(Object.entries(all).filter(([, inner]) => inner !== null));
}
