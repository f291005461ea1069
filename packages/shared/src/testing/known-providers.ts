import { z } from "zod";
import { allEnvironments, type Environment } from "../environment";
import { parseHelmValues } from "../kubernetes";
import type { Build } from "../stack";
import { chartFactsOf, unknownValues } from "./chart-values";
import { fact, factsAreThere, hasFact, withFacts } from "./facts";
import { type Block, resourceMisfits } from "./provider-schema";
import { type SynthesizedStack, synthesized } from "./synthesized";

/** Providers whose schemas are known, by the names that resources know them by. */
const PROVIDERS = ["kubernetes", "helm"];

/** What of a provider's schema is looked at. */
const takes = z.object({ block: z.custom<Block>((block) => typeof block === "object" && block !== null) });
const schema = z.object({ provider: takes, resource_schemas: z.record(z.string(), takes) });

/**
 * Tests that a workspace makes only what the real Kubernetes and Helm providers take, with values that the charts know: in every
 * environment, or in these. What the providers and charts know is kept beside the repository; where it is not, this is skipped.
 */
export function itFitsProviders(build: Build, environments: readonly Environment[] = allEnvironments()): void {
  const title = withFacts("the real providers and charts");
  // Told by its title where it is skipped, and why.
  (factsAreThere ? describe : describe.skip)(title, () => {
    const cases = environments.map((environment) => {
      const kinds = Object.values(environment.clusters).map(({ compute }) => compute.kind);
      return { environment, title: `${environment.name} on ${kinds.join(", ")}` };
    });

    it.each(cases)("know all that there is in $title", ({ environment }) => {
      expect(Object.values(synthesized(build, environment)).flatMap(misfitsOf)).toEqual([]);
    });
  });
}

/** What the providers that a stack pins, or the charts that it installs, would not take. */
function misfitsOf(stack: SynthesizedStack): string[] {
  return PROVIDERS.flatMap((name) => {
    const types = stack.resourceTypes.filter((type) => type.startsWith(`${name}_`));
    if (types.length === 0) return [];
    const file = `provider-schemas/${name}-${stack.providerVersion(name)}.json`;
    if (!hasFact(file)) return [`${stack.id} pins a ${name} provider that nothing is known of: ${file}`];
    const { provider, resource_schemas } = schema.parse(fact(file));
    const configured = stack.providers(name).flatMap((one) => {
      const { alias: _, ...own } = one;
      return resourceMisfits(own, provider.block, `${stack.id}: provider ${name}`);
    });
    const made = types.flatMap((type) => {
      const block = resource_schemas[type]?.block;
      if (block === undefined) return [`${stack.id}: ${type} is not known`];
      return stack.resources(type).flatMap((resource) => resourceMisfits(resource, block, `${stack.id}: ${type}`));
    });
    return [...configured, ...made];
  }).concat(stack.resources("helm_release").flatMap((release) => valueMisfits(stack.id, release)));
}

/** A chart that comes with its stack is of this repository. */
function valueMisfits(id: string, release: Readonly<Record<string, unknown>>): string[] {
  const { chart, repository, values } = release;
  if (repository === undefined) return [];
  const facts = chartFactsOf(String(chart));
  if (facts === undefined) return [`${id}: nothing is known of the chart ${String(chart)}`];
  const given = Array.isArray(values) ? values.map((text) => parseHelmValues(String(text))) : [];
  return given
    .flatMap((value) => unknownValues(value, facts))
    .map((path) => `${id}: the chart ${String(chart)} does not know ${path}`);
}
