import { defineContract, output } from "../contract";

const place = {
  vpcId: output.string("VPC of the environment"),
  vpcCidr: output.string("Its IPv4 range, such as 10.1.0.0/16"),
  publicSubnetIds: output.strings(
    "Subnets with a route to the internet gateway, one per zone: internet-facing load balancers",
  ),
  publicSubnetCidrs: output.strings(
    "IPv4 ranges of the public subnets: where an internet-facing load balancer sends from",
  ),
};

/** Where everything else is placed. */
export const networkContract = defineContract({
  name: "network",
  version: 2,
  workspace: "infra",
  stack: "network",
  scope: "environment",
  outputs: {
    ...place,
    privateSubnetIds: output.strings(
      "Subnets that reach out through NAT, one per zone: nodes, pods and databases, no load balancers",
    ),
    privateSubnetIdsByZone: output.map("The same by the letter of their zone, such as a"),
    internalSubnetIds: output.strings("Subnets of internal load balancers and of nothing else, one per zone"),
    internalSubnetCidrs: output.strings(
      "IPv4 ranges of the internal subnets: where an internal load balancer sends from",
    ),
  },
});

/** Before internal load balancers had subnets of their own. infra still serves it to whoever was planned by an older checkout. */
export const networkContractV1 = defineContract({
  name: "network",
  version: 1,
  workspace: "infra",
  stack: "network",
  scope: "environment",
  outputs: {
    ...place,
    privateSubnetIds: output.strings("As in version 2"),
    privateSubnetCidrs: output.strings(
      "IPv4 ranges that an internal load balancer may send from: those of the internal and of the private subnets",
    ),
  },
});
