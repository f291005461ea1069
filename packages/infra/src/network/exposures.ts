import type { Environment } from "@demarc/shared/environment";
import { schemesOf, subnetKindOf } from "@demarc/shared/exposure";
import { existingSubnets } from "./existing-settings";
import type { NetworkSettings } from "./settings";

/** What is wrong where load balancers of the environment's exposures have no subnets to stand in. Empty where they do. */
export function exposureProblems({ exposures }: Pick<Environment, "exposures">, network: NetworkSettings) {
  if (network.kind !== "existing") return [];
  return schemesOf(exposures)
    .map((scheme) => ({ scheme, kind: subnetKindOf(scheme) }))
    .filter(({ kind }) => existingSubnets(network, kind).length === 0)
    .map(({ scheme, kind }) => ({
      code: "custom" as const,
      path: ["network", "subnets"],
      message: `has no ${kind} subnets, and the environment's exposure is ${scheme}: name one in each zone for its load balancers`,
    }));
}
