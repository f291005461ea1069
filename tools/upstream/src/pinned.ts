import { beforeChartsAreRead } from "@demarc/k8s-platform/src/charts/known";
import { addonsStack, dev, valuesOf } from "@demarc/k8s-platform/src/testing/platform";
import type { Environment } from "@demarc/shared/environment";
import type { SynthesizedStack } from "@demarc/shared/testing";
import { z } from "zod";

/** A release of the platform's, with the chart that it pins. */
export interface PinnedRelease {
  readonly name: string;
  readonly namespace: string;
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  /** Kubernetes minor version of the cluster, such as "1.35". */
  readonly kubernetes: string;
  /** What the platform gives the chart. */
  readonly values: unknown;
}

export interface PinnedProvider {
  /** Such as hashicorp/helm. */
  readonly source: string;
  readonly version: string;
}

/** Providers that stacks have, and whether tests look into all of their schemas: AWS's is the real one in the sandbox too, which refuses by itself. */
const PROVIDERS = { aws: false, helm: true, kubernetes: true };

/** An environment whose clusters have every add-on. */
const EVERY_ADDON: Environment = { ...dev, exposures: [{ kind: "traefik", scheme: "internal" }] };

const [KUBERNETES = ""] = Object.values(dev.clusters).map(({ version }) => version);

const release = z.object({
  name: z.string(),
  namespace: z.string(),
  repository: z.string(),
  chart: z.string(),
  version: z.string(),
});

/** Every release with a chart from a repository, of a cluster that has them all. */
export function releases(
  stack: SynthesizedStack = beforeChartsAreRead(() => addonsStack(EVERY_ADDON)),
): PinnedRelease[] {
  return stack.resources("helm_release").flatMap((found) => {
    const { data } = release.safeParse(found);
    return data === undefined ? [] : [{ ...data, kubernetes: KUBERNETES, values: valuesOf(found)[0] }];
  });
}

export function providers(
  stack: SynthesizedStack = beforeChartsAreRead(() => addonsStack()),
): (PinnedProvider & { readonly isDescribed: boolean })[] {
  return Object.entries(PROVIDERS).map(([name, isDescribed]) => ({
    ...{ source: `hashicorp/${name}`, version: stack.providerVersion(name) },
    isDescribed,
  }));
}
