import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { Construct } from "constructs";
import { platformMetadata } from "../tenancy/platform-metadata";
import type { AnyAddOn } from "./addon";

/** Where EKS has its own add-ons: CoreDNS and the driver of block volumes. */
const EKS_NAMESPACE = "kube-system";

/**
 * Lets pods of the add-ons' namespaces, EKS's own included, send and receive what they like, as they may where no policy selects
 * them. Said, it holds in the pod network's strict mode too, where a pod that no policy selects is cut off. No team's pod is there.
 */
export function openNetworks(scope: Construct, addons: readonly AnyAddOn[]): NetworkPolicyV1[] {
  const namespaces = new Set([EKS_NAMESPACE, ...addons.map(({ namespace }) => namespace)]);
  return [...namespaces].map(
    (namespace) =>
      new NetworkPolicyV1(scope, `${namespace}-network`, {
        metadata: platformMetadata("allow-all", namespace),
        spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [{}], egress: [{}] },
      }),
  );
}
