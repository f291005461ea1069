import { defineContract, output, withListeners } from "../contract";

/**
 * What pods bind to where infra owns the load balancer: an ALB for all clusters, or a network load balancer for each, and a target group
 * for each host name in each cluster.
 */
export const edgeContract = defineContract({
  name: "edge",
  version: 1,
  workspace: "infra",
  stack: "edge",
  scope: "environment",
  outputs: {
    targetGroupArns: output.map(
      "Target group of each host name in each cluster, by `<cluster>/<host name>`, such as a/petstore: short id of the cluster, first label of the host name. Its targets are IP addresses, over HTTP of an ALB, else over TCP",
    ),
    securityGroupId: output.string(
      "Security group of the load balancers: what a cluster lets in to its pods. infra writes that rule, for the ports of the registered apps; on Fargate the apps' bindings name it, and the controller writes the rule",
    ),
    subnetCidrs: output.strings("IPv4 ranges of the subnets that the load balancer sends from"),
    vpcLinkIds: output.optional(
      withListeners,
      output.map("VPC link to the network load balancer of each cluster, by the cluster's short id"),
    ),
  },
});
