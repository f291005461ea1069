/** What stands on a resource of a type. */
export const DEPENDED_ON: Readonly<Record<string, string | undefined>> = {
  aws_api_gateway_api_key: "callers have its value",
  aws_ec2_transit_gateway_vpc_attachment: "other networks reach this one by it",
  aws_eip: "others let its address in",
  aws_iam_openid_connect_provider: "roles of pods trust it",
  aws_internet_gateway: "all of the network reaches the internet by it",
  aws_lb: "records and clients know its name",
  aws_nat_gateway: "private subnets reach the internet by it",
  aws_route_table: "subnets go by it",
  aws_security_group: "network interfaces have it, and rules of others name it",
  aws_subnet: "nodes, pods and load balancers have addresses in it",
  aws_vpc: "everything of the network is in it",
  aws_vpc_peering_connection: "other networks reach this one by it",
};
