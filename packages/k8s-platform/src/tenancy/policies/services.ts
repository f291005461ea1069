import { cel } from "./cel";
import type { AdmissionPolicy, PolicyContext, Rule } from "./policy";
import { serviceAnnotationRules } from "./service-annotations";

/** No Service opens a way into the cluster beside the one that the environment's exposure gives. */
export function services({ exposures, serviceLoadBalancerClass, loadBalancerCidrs }: PolicyContext): AdmissionPolicy {
  const isBalanced = serviceLoadBalancerClass !== undefined;
  const types = isBalanced ? "ClusterIP or LoadBalancer" : "ClusterIP";
  return {
    name: "demarc-services",
    resources: [{ group: "", plurals: ["services"] }],
    operations: ["CREATE", "UPDATE"],
    variables: [
      {
        name: "annotations",
        expression: "has(object.metadata.annotations) ? object.metadata.annotations : {}",
      },
      { name: "balanced", expression: "has(object.spec.type) && object.spec.type == 'LoadBalancer'" },
    ],
    rules: [
      {
        expression: `!has(object.spec.type) || object.spec.type == 'ClusterIP'${isBalanced ? " || variables.balanced" : ""}`,
        message: `a Service must be of type ${types}: apps are reached by ${exposures.map(({ kind }) => kind).join(" and ")} here`,
      },
      {
        expression: "!has(object.spec.externalIPs) || size(object.spec.externalIPs) == 0",
        message: "spec.externalIPs would draw traffic for addresses of others; leave it out",
      },
      ...(isBalanced ? loadBalancerRules(serviceLoadBalancerClass, loadBalancerCidrs) : []),
    ],
  };
}

/** An internal one, which nobody reaches but by a VPC link. */
function loadBalancerRules(loadBalancerClass: string, cidrs: string): Rule[] {
  return [
    {
      expression: `!variables.balanced || (has(object.spec.loadBalancerClass) && object.spec.loadBalancerClass == ${cel(loadBalancerClass)})`,
      message: `a Service of type LoadBalancer must have loadBalancerClass ${loadBalancerClass}: no other controller makes it here`,
    },
    {
      expression:
        "!variables.balanced || (has(object.spec.allocateLoadBalancerNodePorts) && !object.spec.allocateLoadBalancerNodePorts)",
      message:
        "a Service of type LoadBalancer must have allocateLoadBalancerNodePorts false: it leads to pods, not to nodes",
    },
    {
      // By the other one each node would open a port for health checks, which no quota counts.
      expression:
        "!variables.balanced || !has(object.spec.externalTrafficPolicy) || object.spec.externalTrafficPolicy == 'Cluster'",
      message:
        "a Service of type LoadBalancer must have externalTrafficPolicy Cluster, or none: it leads to pods, not to nodes",
    },
    {
      expression: `!variables.balanced || (has(object.spec.loadBalancerSourceRanges) && size(object.spec.loadBalancerSourceRanges) > 0 && object.spec.loadBalancerSourceRanges.all(range, range in [${cidrs}]))`,
      message:
        "a Service of type LoadBalancer must have loadBalancerSourceRanges, of the ranges of the contract platform's loadBalancerCidrs alone: without it every address may come in",
    },
    ...serviceAnnotationRules(),
  ];
}
