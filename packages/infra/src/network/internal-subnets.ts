import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Construct } from "constructs";
import { zoneRanges } from "./cidr";
import type { SubnetsProps } from "./public-subnets";

/**
 * A subnet in each zone for internal load balancers and nothing else. Pods let in what comes from these ranges: no pod may have an
 * address in them. They have no way out: a load balancer answers whoever is in the VPC, or reaches it by a route of the company's.
 */
export class InternalSubnets extends Construct {
  readonly ids: string[] = [];
  readonly cidrs: string[] = [];

  constructor(scope: Construct, id: string, { name, vpcId, vpcCidr, region, zones }: SubnetsProps) {
    super(scope, id);
    const table = new RouteTable(this, "table", { vpcId, tags: { Name: `${name}-internal` } });
    for (const zone of zones) {
      const subnet = new Subnet(this, `subnet-${zone}`, {
        vpcId,
        availabilityZone: `${region}${zone}`,
        cidrBlock: zoneRanges(vpcCidr, zone).internal,
        mapPublicIpOnLaunch: false,
        tags: { Name: `${name}-internal-${zone}`, "kubernetes.io/role/internal-elb": "1" },
      });
      new RouteTableAssociation(this, `association-${zone}`, { subnetId: subnet.id, routeTableId: table.id });
      this.ids.push(subnet.id);
      this.cidrs.push(subnet.cidrBlock);
    }
  }
}
