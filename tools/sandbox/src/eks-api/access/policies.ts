/**
 * The access policies that EKS has, as `aws eks list-access-policies` prints them (2026). They exist in AWS's own account:
 * nobody can make one, so any other name is a mistake.
 */
const ACCESS_POLICIES: ReadonlySet<string> = new Set([
  "AIDevOpsAgentAccessPolicy",
  "AmazonAIOpsAssistantPolicy",
  "AmazonARCRegionSwitchScalingPolicy",
  "AmazonEKSACKPolicy",
  "AmazonEKSAdminPolicy",
  "AmazonEKSAdminViewPolicy",
  "AmazonEKSArgoCDClusterPolicy",
  "AmazonEKSArgoCDPolicy",
  "AmazonEKSAutoNodePolicy",
  "AmazonEKSBlockStorageClusterPolicy",
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSClusterAdminPolicy",
  "AmazonEKSComputeClusterPolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSEditPolicy",
  "AmazonEKSEventPolicy",
  "AmazonEKSHybridPolicy",
  "AmazonEKSKROPolicy",
  "AmazonEKSLoadBalancingClusterPolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingClusterPolicy",
  "AmazonEKSNetworkingPolicy",
  "AmazonEKSPodIdentityPolicy",
  "AmazonEKSSecretAdminPolicy",
  "AmazonEKSSecretReaderPolicy",
  "AmazonEKSViewPolicy",
  "AmazonEMRJobPolicy",
  "AmazonSagemakerHyperpodClusterPolicy",
  "AmazonSagemakerHyperpodControllerPolicy",
  "AmazonSagemakerHyperpodSpacePolicy",
  "AmazonSagemakerHyperpodSpaceTemplatePolicy",
  "AmazonSagemakerHyperpodSystemNamespacePolicy",
  "AmazonSagemakerHyperpodUserClusterPolicy",
]);

const PREFIX = "arn:aws:eks::aws:cluster-access-policy/";

/** ARN of an access policy, e.g. of "AmazonEKSViewPolicy". */
export function accessPolicyArn(name: string): string {
  return `${PREFIX}${name}`;
}

export function isAccessPolicy(arn: string): boolean {
  return arn.startsWith(PREFIX) && ACCESS_POLICIES.has(arn.slice(PREFIX.length));
}
