import type { ComputeKind, Environment } from "../environment";

/** What annotations begin with by which a Service tells a controller what its load balancer is like. */
export const SERVICE_ANNOTATIONS = "service.beta.kubernetes.io/aws-load-balancer-";

/** Whom a Service asks for a network load balancer: the controller that is installed, or the one that EKS Auto Mode has built in. */
const CLASSES: Readonly<Record<ComputeKind, string>> = {
  "managed-nodes": "service.k8s.aws/nlb",
  fargate: "service.k8s.aws/nlb",
  "auto-mode": "eks.amazonaws.com/nlb",
};

/** Class of the Services that get a network load balancer in a cluster. @param cluster its short id @throws Error where there is none */
export function serviceLoadBalancerClass({ name, clusters }: Environment, cluster: string): string {
  const found = clusters[cluster];
  if (found === undefined) throw new Error(`"${name}" has no cluster ${cluster}`);
  return CLASSES[found.compute.kind];
}
