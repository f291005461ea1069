import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { ClosedNamespace } from "../tenancy/namespace";
import { platformMetadata } from "../tenancy/platform-metadata";
import { waysOut } from "../tenancy/ways-out";
import type { AddOnContext, AnyAddOn } from "./addon";

/** Where EKS has its own add-ons: CoreDNS and the driver of block volumes. */
const EKS_NAMESPACE = "kube-system";

type Context = Pick<AddOnContext, "cluster" | "network">;

/**
 * The namespaces of add-ons, each with what its pods may send and receive. What is returned comes before their releases.
 * kube-system is EKS's and open; every other one is made here, and closed but for what add-ons need.
 */
export function addonNamespaces(
  scope: Construct,
  addons: readonly AnyAddOn[],
  context: Context,
): ITerraformDependable[] {
  const own = new Set(addons.map(({ namespace }) => namespace).filter((name) => name !== EKS_NAMESPACE));
  return [
    openNetwork(scope),
    ...[...own].flatMap((name) => {
      const closed = new ClosedNamespace(scope, `namespace-${name}`, { name, cluster: context.cluster });
      const inIt = addons.filter((addon) => addon.namespace === name);
      return [...closed.parts, ...ways(closed, inIt, context)];
    }),
  ];
}

/**
 * Lets pods send and receive what they like, as they may where no policy selects them. Said, it holds in the pod network's strict
 * mode too, where a pod that no policy selects is cut off. No team's pod is there.
 */
function openNetwork(scope: Construct): NetworkPolicyV1 {
  return new NetworkPolicyV1(scope, `${EKS_NAMESPACE}-network`, {
    metadata: platformMetadata("allow-all", EKS_NAMESPACE),
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"], ingress: [{}], egress: [{}] },
  });
}

/** Out to the APIs; in from the API server. */
function ways(closed: ClosedNamespace, addons: readonly AnyAddOn[], { network }: Context): NetworkPolicyV1[] {
  const out = waysOut(closed, closed.namespace);
  const called = addons.flatMap(({ calledOn = [] }) => calledOn);
  if (called.length === 0) return [out];
  const ports = called.map((port) => ({ port: String(port), protocol: "TCP" }));
  const from = [{ ipBlock: { cidr: network.vpcCidr } }];
  const into = new NetworkPolicyV1(closed, "ways-in", {
    metadata: platformMetadata("ways-in", closed.namespace),
    spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from, ports }] },
  });
  return [out, into];
}
