import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { ClosedNamespace } from "../tenancy/namespace";
import { platformMetadata } from "../tenancy/platform-metadata";
import { waysOut } from "../tenancy/ways-out";
import type { AddOnContext, AnyAddOn } from "./addon";

/** Where EKS has its own add-ons: CoreDNS and the driver of block volumes. */
const EKS_NAMESPACE = "kube-system";

/**
 * The namespaces of add-ons, each with what its pods may send and receive. What is returned comes before their releases.
 * kube-system is EKS's and open; every other one is made here, and closed but for what add-ons need.
 */
export function addonNamespaces(
  scope: Construct,
  addons: readonly AnyAddOn[],
  context: AddOnContext,
): ITerraformDependable[] {
  const own = new Set(addons.map(({ namespace }) => namespace).filter((name) => name !== EKS_NAMESPACE));
  return [
    openNetwork(scope),
    ...[...own].flatMap((name) => {
      const inIt = addons.filter((addon) => addon.namespace === name);
      const labels = Object.fromEntries(inIt.flatMap(({ namespaceLabels = {} }) => Object.entries(namespaceLabels)));
      const closed = new ClosedNamespace(scope, `namespace-${name}`, { name, labels, cluster: context.cluster });
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

/** Out to the APIs; in from the API server; and what an add-on has beside that. */
function ways(closed: ClosedNamespace, addons: readonly AnyAddOn[], context: AddOnContext): NetworkPolicyV1[] {
  const called = addons.flatMap(({ calledOn = [] }) => calledOn);
  return [
    waysOut(closed, closed.namespace),
    ...(called.length === 0 ? [] : [fromApiServer(closed, called, context)]),
    ...addons.flatMap((addon) => {
      if (addon.ways === undefined) return [];
      const spec = { podSelector: {}, policyTypes: ["Ingress", "Egress"], ...addon.ways(context) };
      const metadata = platformMetadata(`ways-of-${addon.name}`, closed.namespace);
      return [new NetworkPolicyV1(closed, `ways-of-${addon.name}`, { metadata, spec })];
    }),
  ];
}

function fromApiServer(closed: ClosedNamespace, called: readonly number[], { network }: AddOnContext): NetworkPolicyV1 {
  const ports = called.map((port) => ({ port: String(port), protocol: "TCP" }));
  const from = [{ ipBlock: { cidr: network.vpcCidr } }];
  return new NetworkPolicyV1(closed, "ways-in", {
    metadata: platformMetadata("ways-in", closed.namespace),
    spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from, ports }] },
  });
}
