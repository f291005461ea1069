import { allEnvironments, type Environment } from "../environment";
import type { Build } from "../stack";
import { type KnownProvider, knownProvider } from "./known-provider";
import { resourceMisfits } from "./provider-schema";
import { type SynthesizedStack, synthesized } from "./synthesized";

/** Providers whose schemas are known, by the names that resources know them by. */
const PROVIDERS = ["kubernetes", "helm"];

/**
 * Tests that a workspace makes only what the real Kubernetes and Helm providers take: in every environment, or in these. What the
 * providers take stands in `providers/`, which `npm run upstream` writes.
 */
export function itFitsProviders(build: Build, environments: readonly Environment[] = allEnvironments()): void {
  describe("the real providers", () => {
    const cases = environments.map((environment) => {
      const kinds = Object.values(environment.clusters).map(({ compute }) => compute.kind);
      return { environment, title: `${environment.name} on ${kinds.join(", ")}` };
    });

    it.each(cases)("know all that there is in $title", ({ environment }) => {
      expect(Object.values(synthesized(build, environment)).flatMap(misfitsOf)).toEqual([]);
    });
  });
}

/** What the providers that a stack pins would not take of it. */
export function misfitsOf(stack: SynthesizedStack): string[] {
  return PROVIDERS.flatMap((name) => {
    const types = stack.resourceTypes.filter((type) => type.startsWith(`${name}_`));
    if (types.length === 0) return [];
    const [known, pinned] = [knownProvider(name), stack.providerVersion(name)];
    if (known.version !== pinned) {
      return [`${stack.id} pins ${name} ${pinned}, but ${known.version} is known: run \`npm run upstream\``];
    }
    return [...configurationMisfits(stack, name, known), ...types.flatMap((type) => typeMisfits(stack, type, known))];
  });
}

function configurationMisfits(stack: SynthesizedStack, name: string, { provider }: KnownProvider): string[] {
  return stack.providers(name).flatMap((one) => {
    const { alias: _, ...own } = one;
    return resourceMisfits(own, provider, `${stack.id}: provider ${name}`);
  });
}

function typeMisfits(stack: SynthesizedStack, type: string, { resources }: KnownProvider): string[] {
  const block = resources[type];
  if (block === undefined) return [`${stack.id}: ${type} is not known`];
  return stack.resources(type).flatMap((resource) => resourceMisfits(resource, block, `${stack.id}: ${type}`));
}
