import { dev, synthesized, withApps } from "@demarc/shared/testing";
import { devOn } from "../testing/cluster";
import { buildFixture } from "../testing/fixture";
import { settings } from "../testing/settings";
import { DatabaseAccessStack } from "./stack";

const stacks = synthesized(buildFixture({ dev: settings }), dev);

describe("the way to the database", () => {
  const stack = stacks["dev-a-database-access"];

  it("is open to the cluster's nodes, and to no range of addresses", () => {
    const rule = stack?.resource("aws_vpc_security_group_ingress_rule");
    expect(rule).toMatchObject({
      security_group_id: expect.stringContaining("data_v1.databaseSecurityGroupId"),
      referenced_security_group_id: expect.stringContaining("cluster_v1.securityGroupId"),
      ip_protocol: "tcp",
      from_port: expect.stringContaining("data_v1.databasePort"),
      to_port: expect.stringContaining("data_v1.databasePort"),
    });
    expect(rule).not.toHaveProperty("cidr_ipv4");
  });

  it("is open to the groups of teams with users too, where pods have groups of their own, and to no other team's", () => {
    const onFargate = withApps(
      [
        { name: "petstore", team: "pets", hostnames: [] },
        { name: "storefront", team: "shop", hostnames: [], databaseUser: "storefront" },
      ],
      (app, environment) => new DatabaseAccessStack(app, environment, "a"),
    );
    const { "dev-a-database-access": access } = synthesized(onFargate, devOn("fargate"));
    const peers = access
      ?.resources("aws_vpc_security_group_ingress_rule")
      .map(({ referenced_security_group_id: peer }) => String(peer).replace(/.*cluster_v1\./, ""));
    expect(peers).toEqual(["securityGroupId}", "teamSecurityGroupIds.shop}"]);
  });

  it("comes after cluster and database, of which neither waits for the other", () => {
    const reads = (id: string) =>
      Object.keys(
        (stacks[id]?.json["data"] as { terraform_remote_state: object } | undefined)?.terraform_remote_state ?? {},
      );
    expect(reads("dev-a-database-access")).toEqual(expect.arrayContaining(["infra-data-v1", "infra-cluster-v1"]));
    expect(reads("dev-a-cluster")).not.toContain("infra-data-v1");
    expect(reads("dev-data")).not.toContain("infra-cluster-v1");
  });
});
