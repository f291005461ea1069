import { isRecord } from "@demarc/shared/json";

/** Arguments of a resource, or another part of a stack's JSON. */
export type Attributes = Readonly<Record<string, unknown>>;

/** A stack as Terraform would read it. */
export interface WrittenStack {
  /** Such as `dev-network`. */
  readonly id: string;
  /** The whole of its cdk.tf.json. */
  readonly json: Attributes;
}

/** A part of the JSON by its keys, one below the other. Empty where there is none. */
export function part(value: unknown, ...keys: readonly string[]): Attributes {
  const found = keys.reduce((inner: unknown, key) => (isRecord(inner) ? inner[key] : undefined), value);
  return isRecord(found) ? found : {};
}

/** The entries of a list that are objects. An object that stands alone, as CDKTF writes a block of which there is one, is a list of it. */
export function records(value: unknown): Attributes[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter(isRecord);
}

/** A block of Terraform's of which there is one at most. Empty where there is none. */
export function block(value: unknown): Attributes {
  return records(value)[0] ?? {};
}

/** @returns undefined for what is no text */
export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
