import type { ConsumedValues } from "@demarc/shared/contract";
import type { networkContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";

/** Subnets that hold load balancers alone: no pod has an address there, so what comes from them came through a load balancer. */
export interface LoadBalancerSubnets {
  /** A token: how many there are is known to Terraform only. */
  readonly ids: string[];
  /** IPv4 ranges of these subnets; a token too. */
  readonly cidrs: string[];
}

/** Where the load balancer of the environment's exposure stands. */
export function loadBalancerSubnets(
  { exposures }: Pick<Environment, "exposures">,
  network: ConsumedValues<typeof networkContract>,
): LoadBalancerSubnets {
  const outside = exposures.some((it) => it.kind === "alb-ingress" && it.scheme === "internet-facing");
  return outside
    ? { ids: network.publicSubnetIds, cidrs: network.publicSubnetCidrs }
    : { ids: network.internalSubnetIds, cidrs: network.internalSubnetCidrs };
}
