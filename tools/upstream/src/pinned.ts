import { addonsStack, valuesOf } from "@demarc/k8s-platform/src/testing/platform";
import type { SynthesizedStack } from "@demarc/shared/testing";
import { z } from "zod";

/** A release of the platform's, with the chart that it pins. */
export interface PinnedRelease {
  readonly name: string;
  readonly namespace: string;
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  /** What the platform gives the chart. */
  readonly values: unknown;
}

export interface PinnedProvider {
  /** Such as hashicorp/helm. */
  readonly source: string;
  readonly version: string;
}

/** Providers whose schemas tests look into. AWS's is the real one in the sandbox too, which refuses by itself. */
const PROVIDERS = ["helm", "kubernetes"];

const release = z.object({
  name: z.string(),
  namespace: z.string(),
  repository: z.string(),
  chart: z.string(),
  version: z.string(),
});

/** Every release with a chart from a repository, of a cluster that has them all. */
export function releases(stack: SynthesizedStack = addonsStack()): PinnedRelease[] {
  return stack.resources("helm_release").flatMap((found) => {
    const { data } = release.safeParse(found);
    return data === undefined ? [] : [{ ...data, values: valuesOf(found)[0] }];
  });
}

export function providers(stack: SynthesizedStack = addonsStack()): PinnedProvider[] {
  return PROVIDERS.map((name) => ({ source: `hashicorp/${name}`, version: stack.providerVersion(name) }));
}
