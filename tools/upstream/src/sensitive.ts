import { z } from "zod";

/** Where the values of a sensitive attribute come from: `set`, by whoever sets it; `made`, the provider fills it in by itself. */
type Origin = "set" | "made";

/** Sensitive attributes that a state keeps, by the type that has them: each with the names of the blocks that it stands in. */
type Sensitive = Readonly<Record<string, Readonly<Record<string, Origin>>>>;

export interface SensitiveDescription {
  readonly resources: Sensitive;
  readonly data: Sensitive;
}

interface Attribute {
  readonly sensitive?: boolean | undefined;
  readonly computed?: boolean | undefined;
  /** Terraform gives it to the provider and keeps it nowhere. */
  readonly write_only?: boolean | undefined;
  readonly nested_type?: { readonly attributes: Readonly<Record<string, Attribute>> } | undefined;
}

const flag = z.boolean().optional();
const attribute: z.ZodType<Attribute> = z.lazy(() =>
  z.object({
    ...{ sensitive: flag, computed: flag, write_only: flag },
    nested_type: z.object({ attributes: z.record(z.string(), attribute) }).optional(),
  }),
);
const block = z.object({
  attributes: z.record(z.string(), attribute).default({}),
  get block_types() {
    return z.record(z.string(), z.object({ block })).default({});
  },
});
const parts = z.record(z.string(), z.object({ block })).default({});
const schemas = z.object({
  provider_schemas: z.record(z.string(), z.object({ resource_schemas: parts, data_source_schemas: parts })),
});

/** @param schema of one provider, as `terraform providers schema -json` prints it */
export function sensitiveIn(schema: unknown): SensitiveDescription {
  const [found] = Object.values(schemas.parse(schema).provider_schemas);
  if (found === undefined) throw new Error("Terraform knows no schema of it");
  return { resources: ofTypes(found.resource_schemas), data: ofTypes(found.data_source_schemas) };
}

function ofTypes(types: z.output<typeof parts>): Sensitive {
  const named = Object.entries(types).map(
    ([type, { block }]) => [type, Object.fromEntries(inBlock(block, ""))] as const,
  );
  const sensitive = named.filter(([, attributes]) => Object.keys(attributes).length > 0);
  return Object.fromEntries(sensitive.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function inBlock({ attributes, block_types }: z.output<typeof block>, place: string): [string, Origin][] {
  return [
    ...inAttributes(attributes, place),
    ...Object.entries(block_types).flatMap(([name, { block }]) => inBlock(block, `${place}${name}.`)),
  ];
}

function inAttributes(attributes: Readonly<Record<string, Attribute>>, place: string): [string, Origin][] {
  return Object.entries(attributes).flatMap(([name, found]): [string, Origin][] => {
    const { sensitive = false, computed = false, write_only: isKeptNowhere = false, nested_type } = found;
    if (sensitive) return isKeptNowhere ? [] : [[`${place}${name}`, computed ? "made" : "set"]];
    return inAttributes(nested_type?.attributes ?? {}, `${place}${name}.`);
  });
}
