import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { Construct } from "constructs";
import type { Peer } from "./access";
import { metadata, type Workload } from "./workload";

/**
 * Opens what the namespace's default policy closes, for this app alone: its port to the VPC (the load balancer sends to the
 * pods' addresses from its own there), and the way to what it connects to. DNS is open already.
 */
export function networkPolicy(
  scope: Construct,
  app: Workload,
  vpcCidr: string,
  peers: readonly Peer[],
): NetworkPolicyV1 {
  const rule = ({ cidr, port }: Peer) => ({ block: [{ ipBlock: { cidr } }], ports: [{ port, protocol: "TCP" }] });
  const inbound = rule({ cidr: vpcCidr, port: String(app.settings.port) });
  return new NetworkPolicyV1(scope, "network-policy", {
    metadata: metadata(app),
    spec: {
      podSelector: { matchLabels: app.selector },
      policyTypes: ["Ingress", "Egress"],
      ingress: [{ from: inbound.block, ports: inbound.ports }],
      egress: peers.map(rule).map(({ block, ports }) => ({ to: block, ports })),
    },
  });
}
