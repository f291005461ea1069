import { isRecord } from "../json";

/** A resource's arguments, or those of one of its blocks, as `terraform providers schema -json` prints them. */
export interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, NestedBlock>>;
}

export interface Attribute {
  /** Such as `"string"` or `["list", "string"]`; an attribute of nested ones has `nested_type` instead. */
  readonly type?: unknown;
  readonly nested_type?: { readonly nesting_mode: string; readonly attributes: Readonly<Record<string, Attribute>> };
  readonly required?: boolean;
  readonly optional?: boolean;
}

interface NestedBlock {
  readonly nesting_mode: string;
  readonly block: Block;
  readonly min_items?: number;
  readonly max_items?: number;
}

/** What Terraform itself takes in every resource. */
const META = ["count", "depends_on", "for_each", "lifecycle", "provider"];

/** What a provider would refuse of a resource: arguments that it does not know or that only it sets, misses, or of another type. */
export function resourceMisfits(resource: Readonly<Record<string, unknown>>, block: Block, path: string): string[] {
  const own = Object.fromEntries(Object.entries(resource).filter(([name]) => !META.includes(name)));
  return blockMisfits(own, block, path);
}

function blockMisfits(value: unknown, { attributes = {}, block_types = {} }: Block, path: string): string[] {
  if (!isRecord(value)) return [`${path} is no block`];
  const given = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  const names = new Set(given.map(([name]) => name));
  const unknown = [...names].filter((name) => !(name in attributes) && !(name in block_types));
  const missing = [
    ...Object.keys(attributes).filter((name) => attributes[name]?.required === true),
    ...Object.keys(block_types).filter((name) => (block_types[name]?.min_items ?? 0) > 0),
  ].filter((name) => !names.has(name));
  return [
    ...unknown.map((name) => `${path}.${name} is not known`),
    ...missing.map((name) => `${path}.${name} is missing`),
    ...given.flatMap(([name, inner]) => {
      const [attribute, nested, at] = [attributes[name], block_types[name], `${path}.${name}`];
      if (attribute !== undefined) return attributeMisfits(inner, attribute, at);
      return nested === undefined ? [] : nestedMisfits(inner, nested, at);
    }),
  ];
}

/** One block may stand without a list around it. */
function nestedMisfits(
  value: unknown,
  { nesting_mode, block, min_items = 0, max_items }: NestedBlock,
  path: string,
): string[] {
  const blocks = Array.isArray(value) ? value : [value];
  const most = nesting_mode === "single" ? 1 : (max_items ?? Infinity);
  const count = String(blocks.length);
  return [
    ...(blocks.length > most ? [`${path} has ${count} blocks, and at most ${String(most)} may be`] : []),
    ...(blocks.length < min_items ? [`${path} has ${count} blocks, and at least ${String(min_items)} must be`] : []),
    ...blocks.flatMap((inner) => blockMisfits(inner, block, path)),
  ];
}

function attributeMisfits(value: unknown, { type, nested_type, ...attribute }: Attribute, path: string): string[] {
  if (attribute.required !== true && attribute.optional !== true) return [`${path} is the provider's to set`];
  if (nested_type === undefined) return typeMisfits(value, type, path);
  if (isReference(value)) return [];
  const block = { attributes: nested_type.attributes };
  if (nested_type.nesting_mode === "single") return blockMisfits(value, block, path);
  if (!Array.isArray(value)) return [`${path} is no list`];
  return value.flatMap((inner) => blockMisfits(inner, block, path));
}

/** A type is a name, or a pair of a collection and what it is of. */
function typeMisfits(value: unknown, type: unknown, path: string): string[] {
  if (isReference(value)) return [];
  const pair: readonly unknown[] = Array.isArray(type) ? type : [type];
  const [kind, of] = pair;
  switch (kind) {
    case "string":
      return typeof value === "object" ? [`${path} is no string`] : [];
    case "number":
      return typeof value === "number" || isWritten(value, /^-?\d+(\.\d+)?$/) ? [] : [`${path} is no number`];
    case "bool":
      return typeof value === "boolean" || isWritten(value, /^(true|false)$/) ? [] : [`${path} is no boolean`];
    case "list":
    case "set":
      return Array.isArray(value) ? value.flatMap((inner) => typeMisfits(inner, of, path)) : [`${path} is no list`];
    case "map":
      if (!isRecord(value)) return [`${path} is no map`];
      return Object.entries(value).flatMap(([key, inner]) => typeMisfits(inner, of, `${path}[${key}]`));
    default:
      return [];
  }
}

/** A value that Terraform knows when it plans, of whatever type that is. */
function isReference(value: unknown): boolean {
  return typeof value === "string" && /^\$\{[^]*\}$/.test(value);
}

function isWritten(value: unknown, pattern: RegExp): boolean {
  return typeof value === "string" && pattern.test(value);
}
