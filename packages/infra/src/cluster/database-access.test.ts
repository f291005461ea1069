import { clusterStack } from "../testing/cluster";

it("lets the cluster's nodes, and no range of addresses, reach the database", () => {
  const rule = clusterStack().resource("aws_vpc_security_group_ingress_rule");
  expect(rule).toMatchObject({
    security_group_id: expect.stringContaining("data_v1.databaseSecurityGroupId"),
    referenced_security_group_id: expect.stringContaining("vpc_config[0].cluster_security_group_id"),
    ip_protocol: "tcp",
    from_port: expect.stringContaining("data_v1.databasePort"),
    to_port: expect.stringContaining("data_v1.databasePort"),
  });
  expect(rule).not.toHaveProperty("cidr_ipv4");
});
