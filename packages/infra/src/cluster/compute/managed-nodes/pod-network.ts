/**
 * What a new pod may send and receive until its network policies are in force, which takes a moment. `standard`: everything.
 * `strict`: nothing, and it stays so where no policy selects the pod; pods on the host's network are not held.
 * https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html
 */
export const networkPolicyModes = ["standard", "strict"] as const;

/** What a cluster's settings say of its pod network. */
export interface PodNetworkSettings {
  readonly networkPolicyMode: (typeof networkPolicyModes)[number];
  readonly prefixDelegation: boolean;
}

/** Values of the VPC CNI's add-on. */
export function podNetworkValues({ networkPolicyMode, prefixDelegation }: PodNetworkSettings) {
  return {
    // Without it a NetworkPolicy is accepted and does nothing. The add-on's schema wants a string.
    enableNetworkPolicy: "true",
    env: {
      NETWORK_POLICY_ENFORCING_MODE: networkPolicyMode,
      ...(prefixDelegation ? { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" } : {}),
    },
  };
}
