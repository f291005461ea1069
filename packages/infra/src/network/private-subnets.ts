import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Construct } from "constructs";
import { zoneRanges } from "./cidr";
import type { NatGateways } from "./nat";
import { ANYWHERE, type SubnetsProps } from "./public-subnets";

export interface PrivateSubnetsProps extends SubnetsProps {
  /** The way out. */
  readonly nat: NatGateways;
}

/** A subnet in each zone that nothing reaches from outside: nodes, pods and databases. */
export class PrivateSubnets extends Construct {
  readonly ids: string[] = [];
  readonly idsByZone: Record<string, string> = {};
  readonly cidrs: string[] = [];
  readonly routeTableIds: string[] = [];

  constructor(scope: Construct, id: string, props: PrivateSubnetsProps) {
    super(scope, id);
    const { name, vpcId, vpcCidr, region, zones, nat } = props;

    for (const zone of zones) {
      const subnet = new Subnet(this, `subnet-${zone}`, {
        vpcId,
        availabilityZone: `${region}${zone}`,
        cidrBlock: zoneRanges(vpcCidr, zone).private,
        mapPublicIpOnLaunch: false,
        tags: { Name: `${name}-private-${zone}` },
      });
      // A table for each zone even where all share one gateway: a change of `nat` then changes routes and nothing else.
      const table = new RouteTable(this, `table-${zone}`, { vpcId, tags: { Name: `${name}-private-${zone}` } });
      new RouteTableAssociation(this, `association-${zone}`, { subnetId: subnet.id, routeTableId: table.id });
      const route = { destinationCidrBlock: ANYWHERE, natGatewayId: nat.idFor(zone) };
      new Route(this, `way-out-${zone}`, { routeTableId: table.id, ...route });
      this.ids.push(subnet.id);
      this.idsByZone[zone] = subnet.id;
      this.cidrs.push(subnet.cidrBlock);
      this.routeTableIds.push(table.id);
    }
  }
}
