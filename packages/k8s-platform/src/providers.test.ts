import { type SynthesizedStack, synthesized } from "@demarc/shared/testing";
import { build } from "./stacks";
import { fact, factsAreThere, withFacts } from "./testing/facts";
import { dev, devOn, tenancyStack } from "./testing/platform";

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block }>>;
}

interface Attribute {
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly nested_type?: { readonly attributes: Readonly<Record<string, Attribute>> };
}

/** What Terraform itself takes in every resource. */
const META = ["count", "depends_on", "for_each", "lifecycle", "provider"];

/** Paths of arguments that a block does not have, or needs and was not given. */
function misfits(value: unknown, { attributes = {}, block_types = {} }: Block, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => misfits(one, { attributes, block_types }, path));
  if (typeof value !== "object" || value === null) return [`${path} is no block`];
  const given: Readonly<Record<string, unknown>> = { ...value };
  const unknown = Object.keys(given).filter((key) => !(key in attributes) && !(key in block_types));
  const missing = Object.keys(attributes).filter((key) => attributes[key]?.required === true && !(key in given));
  return [
    ...unknown.map((key) => `${path}.${key} is not known`),
    ...missing.map((key) => `${path}.${key} is missing`),
    ...Object.entries(block_types).flatMap(([key, { block }]) =>
      key in given ? misfits(given[key], block, `${path}.${key}`) : [],
    ),
  ];
}

(factsAreThere ? describe : describe.skip)(withFacts("the providers' own schemas"), () => {
  const schemas: Record<string, { block: Block }> = {};
  beforeAll(() => {
    for (const file of ["helm-3.1.1", "kubernetes-2.38.0"]) {
      Object.assign(
        schemas,
        (fact(`provider-schemas/${file}.json`) as { resource_schemas: typeof schemas }).resource_schemas,
      );
    }
  });

  /** Misfits of every resource of the two providers. */
  function misfitsOf(stack: SynthesizedStack): string[] {
    const types = stack.resourceTypes.filter((type) => !type.startsWith("aws_"));
    expect(types.length).toBeGreaterThan(0);
    return types.flatMap((type) =>
      stack.resources(type).flatMap((resource) => {
        const block = schemas[type]?.block;
        if (block === undefined) return [`${type} is not known`];
        const own = Object.fromEntries(Object.entries(resource).filter(([key]) => !META.includes(key)));
        return misfits(own, block, type);
      }),
    );
  }

  it("know every argument of every resource", () => {
    for (const stack of Object.values(synthesized(build, dev))) expect(misfitsOf(stack)).toEqual([]);
    expect(misfitsOf(tenancyStack(devOn("fargate")))).toEqual([]);
  });

  it("would tell of one that they do not know, or miss", () => {
    const block = schemas["kubernetes_namespace_v1"]?.block ?? {};
    expect(misfits({ metadata: { name: "x", label: {} }, spec: {} }, block, "namespace")).toEqual([
      "namespace.spec is not known",
      "namespace.metadata.label is not known",
    ]);
    const role = schemas["kubernetes_role_v1"]?.block ?? {};
    expect(misfits({ rule: [{ api_groups: [""] }] }, role, "role")).toEqual([
      "role.rule.resources is missing",
      "role.rule.verbs is missing",
    ]);
  });
});
