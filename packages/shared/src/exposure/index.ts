export { type BoundTargetGroups, boundTargetGroups } from "./bound-target-groups";
export { edgeApps, edgeRecords } from "./edge";
export { askedProblems, expose, exposureProblems } from "./expose";
export { controllerPermissions } from "./permissions";
export { loadBalancerSubnets, type LoadBalancerSubnets, type Scheme, subnetKindOf } from "./subnets";
export { exposuresWith } from "./registry";
export { ingressRecords, ingressScheme, namespaceLabels, serviceTypes } from "./tenancy";
export { loadBalancerCidrs, mostLoadBalancerCidrs, schemesOf } from "./traffic";
export { appKinds, appKindsWith, objectCounts } from "./kinds";
