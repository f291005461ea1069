import { defineContract, output } from "../contract";

/**
 * What pods bind to where infra owns the load balancer (exposure `target-group-binding`): the ALB, and a target group for each host
 * name in each cluster.
 */
export const edgeContract = defineContract({
  name: "edge",
  version: 1,
  workspace: "infra",
  stack: "edge",
  scope: "environment",
  outputs: {
    targetGroupArns: output.map(
      "Target group of each host name in each cluster, by `<cluster>/<host name>`, such as a/petstore: short id of the cluster, first label of the host name. Its targets are IP addresses, over HTTP",
    ),
    securityGroupId: output.string(
      "Security group of the ALB: what a cluster lets in to its pods. infra writes that rule, for the ports of the registered apps",
    ),
    subnetCidrs: output.strings("IPv4 ranges of the subnets that the ALB sends from"),
  },
});
