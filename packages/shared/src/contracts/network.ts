import { defineContract, output } from "../contract";

/** Where everything else is placed. */
export const networkContract = defineContract({
  name: "network",
  version: 1,
  workspace: "infra",
  stack: "network",
  scope: "environment",
  outputs: {
    vpcId: output.string("VPC of the environment"),
    vpcCidr: output.string("Its IPv4 range, such as 10.1.0.0/16"),
    publicSubnetIds: output.strings(
      "Subnets with a route to the internet gateway, one per zone: internet-facing load balancers",
    ),
    privateSubnetIds: output.strings(
      "Subnets that reach out through NAT, one per zone: nodes, pods, databases, internal load balancers",
    ),
    publicSubnetCidrs: output.strings(
      "IPv4 ranges of the public subnets: where an internet-facing load balancer sends from",
    ),
    privateSubnetCidrs: output.strings(
      "IPv4 ranges of the private subnets: where an internal load balancer sends from",
    ),
  },
});
