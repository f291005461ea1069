import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Attribute, Block } from "./provider-schema";

const data = z.object({
  version: z.string(),
  provider: z.string(),
  resources: z.record(z.string(), z.string()),
  blocks: z.record(
    z.string(),
    z.object({
      attributes: z.record(
        z.string(),
        z.custom<Attribute>((it) => typeof it === "object" && it !== null),
      ),
      block_types: z.record(
        z.string(),
        z.object({
          nesting_mode: z.string(),
          min_items: z.number().optional(),
          max_items: z.number().optional(),
          block: z.string(),
        }),
      ),
    }),
  ),
});

/** Which arguments a provider and its resources take. */
export interface KnownProvider {
  readonly version: string;
  readonly provider: Block;
  /** By the resource's type. */
  readonly resources: Readonly<Record<string, Block>>;
}

const read = new Map<string, KnownProvider>();

/** @param name such as `helm` */
export function knownProvider(name: string): KnownProvider {
  const known = read.get(name) ?? parsed(readFileSync(path.join(__dirname, "providers", `${name}.json`), "utf8"));
  read.set(name, known);
  return known;
}

/** A block that several resources have is one object. */
function parsed(text: string): KnownProvider {
  const { version, provider, resources, blocks } = data.parse(JSON.parse(text));
  const made = new Map<string, Block>();
  const blockOf = (name: string): Block => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const found = blocks[name];
    if (found === undefined) throw new Error(`there is no block ${name}`);
    const nested = Object.entries(found.block_types).map(
      ([type, { nesting_mode, min_items = 0, max_items = Infinity, block }]) =>
        [type, { nesting_mode, min_items, max_items, block: blockOf(block) }] as const,
    );
    const block: Block = { attributes: found.attributes, block_types: Object.fromEntries(nested) };
    made.set(name, block);
    return block;
  };
  const types = Object.entries(resources).map(([type, name]) => [type, blockOf(name)] as const);
  return { version, provider: blockOf(provider), resources: Object.fromEntries(types) };
}
