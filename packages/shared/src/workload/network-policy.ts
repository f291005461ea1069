import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { Fn, Token } from "cdktf";
import type { Construct } from "constructs";
import type { Peer } from "./access";
import { metadata, type Workload } from "./workload";

/**
 * Opens what the namespace's default policy closes, for this app alone: its port to the load balancer, which sends to the
 * pods' own addresses, and the way to what it connects to. DNS is open already.
 * @param loadBalancers their ranges, a token of which only Terraform knows how many they are, and the most that they may be
 */
export function networkPolicy(
  scope: Construct,
  app: Workload,
  loadBalancers: { readonly cidrs: readonly string[]; readonly most: number },
  peers: readonly Peer[],
): NetworkPolicyV1 {
  return new NetworkPolicyV1(scope, "network-policy", {
    metadata: metadata(app),
    spec: {
      podSelector: { matchLabels: app.selector },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        {
          from: eachOf(loadBalancers.cidrs, loadBalancers.most).map((cidr) => ({ ipBlock: { cidr } })),
          ports: [{ port: String(app.settings.port), protocol: "TCP" }],
        },
      ],
      egress: peers.map(({ cidr, port }) => ({ to: [{ ipBlock: { cidr } }], ports: [{ port, protocol: "TCP" }] })),
    },
  });
}

/** Blocks are written out at synth. `element` starts again at the end of the list: some come twice, none is left out. */
function eachOf(list: readonly string[], most: number): string[] {
  return Array.from({ length: most }, (_, index) => Token.asString(Fn.element([...list], index)));
}
