import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { Construct } from "constructs";
import type { Router } from "../exposure";
import { eachOf } from "../kubernetes";
import type { Peer } from "./access";
import { metadata, type Workload } from "./workload";

/** What sends an app its requests. */
export interface Senders {
  /** Ranges of load balancers, a token of which only Terraform knows how many they are, and the most that they may be. */
  readonly loadBalancers: { readonly cidrs: readonly string[]; readonly most: number };
  readonly routers: readonly Router[];
}

/**
 * Opens what the namespace's default policy closes, for this app alone: its port to load balancers, which send to the pods' own
 * addresses, and to routers, and the way to what it connects to. DNS is open already.
 */
export function networkPolicy(
  scope: Construct,
  app: Workload,
  { loadBalancers, routers }: Senders,
  peers: readonly Peer[],
): NetworkPolicyV1 {
  const from = [
    ...eachOf(loadBalancers.cidrs, loadBalancers.most).map((cidr) => ({ ipBlock: { cidr } })),
    ...routers.map(({ namespace, podLabels }) => ({
      namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } },
      podSelector: { matchLabels: podLabels },
    })),
  ];
  return new NetworkPolicyV1(scope, "network-policy", {
    metadata: metadata(app),
    spec: {
      podSelector: { matchLabels: app.selector },
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from, ports: [{ port: String(app.settings.port), protocol: "TCP" }] }],
      egress: peers.map(({ cidr, port }) => ({ to: [{ ipBlock: { cidr } }], ports: [{ port, protocol: "TCP" }] })),
    },
  });
}
