import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { Construct } from "constructs";
import { platformMetadata } from "./platform-metadata";

/** Where pods open connections to. */
interface Way {
  /** IPv4 range. */
  readonly cidr: string;
  /** TCP port, or a reference to it. */
  readonly port: string;
}

/** AWS's and Kubernetes' APIs, which have no fixed addresses, and the agent of EKS Pod Identity. */
const TO_APIS: readonly Way[] = [
  { cidr: "0.0.0.0/0", port: "443" },
  { cidr: "169.254.170.23/32", port: "80" },
];

/** Opens the way out of a closed namespace, for pods of the platform that have a role. @param others ways beside those to the APIs */
export function waysOut(scope: Construct, namespace: string, others: readonly Way[] = []): NetworkPolicyV1 {
  return new NetworkPolicyV1(scope, "ways-out", {
    metadata: platformMetadata("ways-out", namespace),
    spec: {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [...others, ...TO_APIS].map(({ cidr, port }) => ({
        to: [{ ipBlock: { cidr } }],
        ports: [{ port, protocol: "TCP" }],
      })),
    },
  });
}
