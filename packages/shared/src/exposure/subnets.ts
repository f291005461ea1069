import type { ConsumedValues } from "../contract";
import type { networkContract } from "../contracts";

/** Who can reach a load balancer: everybody, or only what is in the VPC or has a way there. */
export type Scheme = "internet-facing" | "internal";

/** The network's subnets that hold load balancers of each scheme, and nothing else. */
const KINDS = { "internet-facing": "public", internal: "internal" } as const;

/** The kind of the network's subnets that load balancers of that scheme stand in. */
export function subnetKindOf(scheme: Scheme): (typeof KINDS)[Scheme] {
  return KINDS[scheme];
}

/** Subnets of load balancers alone: no pod has an address there, so what comes from them came through a load balancer. */
export interface LoadBalancerSubnets {
  /** A token: how many there are is known to Terraform only. */
  readonly ids: string[];
  /** IPv4 ranges of these subnets; a token too. */
  readonly cidrs: string[];
}

/** The subnets that load balancers of that scheme stand in. */
export function loadBalancerSubnets(
  scheme: Scheme,
  network: ConsumedValues<typeof networkContract>,
): LoadBalancerSubnets {
  return {
    public: { ids: network.publicSubnetIds, cidrs: network.publicSubnetCidrs },
    internal: { ids: network.internalSubnetIds, cidrs: network.internalSubnetCidrs },
  }[subnetKindOf(scheme)];
}
