import type {
  NetworkPolicyV1SpecEgress,
  NetworkPolicyV1SpecEgressTo,
} from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { ClusterReference } from "../cluster";

/** The way from a pod to the cluster's DNS. */
export function toDns({ contract: { dnsAddress } }: Pick<ClusterReference, "contract">): NetworkPolicyV1SpecEgress {
  return {
    to: [dnsAddress === undefined ? pods : address(dnsAddress)],
    ports: [
      { port: "53", protocol: "UDP" },
      { port: "53", protocol: "TCP" },
    ],
  };
}

/** CoreDNS's, which is an add-on of EKS. */
const pods: NetworkPolicyV1SpecEgressTo = {
  namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
  podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
};

/**
 * On EKS Auto Mode CoreDNS is a process of each node: no selector finds it, and a pod is let through by the address that it asks.
 * https://github.com/aws/containers-roadmap/issues/2552, and seen to work in archestra-ai/archestra pull request 5538
 */
function address(dnsAddress: string): NetworkPolicyV1SpecEgressTo {
  return { ipBlock: { cidr: `${dnsAddress}/32` } };
}
