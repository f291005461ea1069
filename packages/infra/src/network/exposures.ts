import type { Environment } from "@demarc/shared/environment";
import { existingSubnets } from "./existing-settings";
import type { NetworkSettings } from "./settings";

/** What is wrong where the load balancers of the environment's exposure have no subnets to stand in. Empty where they do. */
export function exposureProblems({ exposures }: Pick<Environment, "exposures">, network: NetworkSettings) {
  if (network.kind !== "existing") return [];
  const outside = exposures.some((it) => it.kind === "alb-ingress" && it.scheme === "internet-facing");
  const [kind, scheme] = outside ? (["public", "internet-facing"] as const) : (["internal", "internal"] as const);
  if (existingSubnets(network, kind).length > 0) return [];
  return [
    {
      code: "custom" as const,
      path: ["network", "subnets"],
      message: `has no ${kind} subnets, and the environment's exposure is ${scheme}: name one in each zone for its load balancers`,
    },
  ];
}
