import { TEAM_LABEL } from "../../team-label";
import { cel } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";

/**
 * A team may open its pods to named peers, not to everyone. Pods have addresses of the VPC: a range of it, other than the load
 * balancer's own, would be other teams' pods.
 */
export function networkPolicies({ loadBalancerCidrs }: PolicyContext): AdmissionPolicy {
  const label = (key: string) => `${cel(key)} in peer.namespaceSelector.matchLabels`;
  const named = `has(peer.namespaceSelector.matchLabels) && (${label("kubernetes.io/metadata.name")} || ${label(TEAM_LABEL)})`;
  const peer = `has(peer.ipBlock) ? peer.ipBlock.cidr in [${loadBalancerCidrs}] : (!has(peer.namespaceSelector) || (${named}))`;
  return {
    name: "demarc-network-policies",
    resources: [{ group: "networking.k8s.io", plurals: ["networkpolicies"] }],
    operations: ["CREATE", "UPDATE"],
    rules: [
      {
        expression: "!has(object.spec.ingress) || object.spec.ingress.all(rule, has(rule.from) && size(rule.from) > 0)",
        message: "an ingress rule without `from` lets everyone in; name the peers",
      },
      {
        expression: `!has(object.spec.ingress) || object.spec.ingress.all(rule, !has(rule.from) || rule.from.all(peer, ${peer}))`,
        message: `a peer of an ingress rule must be pods of this namespace (podSelector), those of a namespace by its name or its team (namespaceSelector with matchLabels kubernetes.io/metadata.name or ${TEAM_LABEL}), or the load balancer's ranges (the platform contract's loadBalancerCidrs); name one of them`,
      },
    ],
  };
}
