import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { z } from "zod";
import type { PinnedProvider } from "./pinned";
import { answerOf } from "./run";

interface Block {
  readonly attributes: Readonly<Record<string, object>>;
  /** Nested blocks, each with the name of its own arguments among the blocks. */
  readonly block_types: Readonly<Record<string, object>>;
}

export interface ProviderDescription {
  /** Name of the block of the provider's own arguments. */
  readonly provider: string;
  /** Names of the resources' blocks, by the resources' types. */
  readonly resources: Readonly<Record<string, string>>;
  /** Every block once, however many resources have it: a pod's template stands in a dozen of them. */
  readonly blocks: Readonly<Record<string, Block>>;
}

const attributeShape = {
  type: z.unknown().optional(),
  required: z.boolean().optional(),
  optional: z.boolean().optional(),
};
const attribute = z.object({
  ...attributeShape,
  nested_type: z
    .object({ nesting_mode: z.string(), attributes: z.record(z.string(), z.object(attributeShape)) })
    .optional(),
});
const block = z.object({
  attributes: z.record(z.string(), attribute).default({}),
  get block_types() {
    return z
      .record(
        z.string(),
        z.object({
          nesting_mode: z.string(),
          min_items: z.number().optional(),
          max_items: z.number().optional(),
          block,
        }),
      )
      .default({});
  },
});
const part = z.object({ block });
const schemas = z.object({
  provider_schemas: z.record(
    z.string(),
    z.object({ provider: part, resource_schemas: z.record(z.string(), part).default({}) }),
  ),
});

/** What Terraform knows of a provider, as `terraform providers schema -json` prints it. @throws Error where it cannot be had */
export function schemaOf({ source, version }: PinnedProvider): unknown {
  const folder = mkdtempSync(path.join(tmpdir(), "demarc-upstream-"));
  try {
    const required_providers = { it: { source, version } };
    writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify({ terraform: { required_providers } }));
    answerOf(["terraform", "init", "-no-color", "-input=false"], folder);
    return JSON.parse(answerOf(["terraform", "providers", "schema", "-json"], folder));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What is kept of a provider: which arguments it takes, of which types. @param schema of one provider */
export function describe(schema: unknown): ProviderDescription {
  const [found] = Object.values(schemas.parse(schema).provider_schemas);
  if (found === undefined) throw new Error("Terraform knows no schema of it");
  const blocks: Record<string, Block> = {};
  const nameOf = ({ attributes, block_types }: z.output<typeof block>): string => {
    const nested = Object.entries(block_types).map(
      ([name, inner]) => [name, { ...inner, block: nameOf(inner.block) }] as const,
    );
    const kept: Block = { attributes, block_types: Object.fromEntries(nested) };
    const name = createHash("sha256").update(JSON.stringify(kept)).digest("hex").slice(0, 8);
    blocks[name] = kept;
    return name;
  };
  const provider = nameOf(found.provider.block);
  const types = Object.keys(found.resource_schemas).sort();
  const resources = types.map((type) => [type, nameOf(part.parse(found.resource_schemas[type]).block)] as const);
  return { provider, resources: Object.fromEntries(resources), blocks };
}
