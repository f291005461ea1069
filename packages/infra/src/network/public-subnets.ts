import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Construct } from "constructs";
import { type Zone, zoneRanges } from "./cidr";

/** Every IPv4 address: where a default route leads. */
export const ANYWHERE = "0.0.0.0/0";

export interface SubnetsProps {
  /** What the subnets' names begin with. */
  readonly name: string;
  readonly vpcId: string;
  /** Range of the VPC as the settings give it, from which the subnets' own are computed. */
  readonly vpcCidr: string;
  readonly region: string;
  readonly zones: readonly Zone[];
}

/** A subnet in each zone with a way to the internet and back: load balancers that face it, and NAT gateways. */
export class PublicSubnets extends Construct {
  readonly routeTableId: string;
  /** What must be there before anything gets out of these subnets. */
  readonly wayOut: Route;
  readonly cidrs: string[] = [];
  readonly #idByZone = new Map<Zone, string>();

  constructor(scope: Construct, id: string, props: SubnetsProps) {
    super(scope, id);
    const { name, vpcId, vpcCidr, region, zones } = props;

    const gateway = new InternetGateway(this, "gateway", { vpcId, tags: { Name: name } });
    const table = new RouteTable(this, "table", { vpcId, tags: { Name: `${name}-public` } });
    const route = { destinationCidrBlock: ANYWHERE, gatewayId: gateway.id };
    this.wayOut = new Route(this, "way-out", { routeTableId: table.id, ...route });
    this.routeTableId = table.id;

    for (const zone of zones) {
      const subnet = new Subnet(this, `subnet-${zone}`, {
        vpcId,
        availabilityZone: `${region}${zone}`,
        cidrBlock: zoneRanges(vpcCidr, zone).public,
        mapPublicIpOnLaunch: false,
        tags: { Name: `${name}-public-${zone}`, "kubernetes.io/role/elb": "1" },
      });
      new RouteTableAssociation(this, `association-${zone}`, { subnetId: subnet.id, routeTableId: table.id });
      this.#idByZone.set(zone, subnet.id);
      this.cidrs.push(subnet.cidrBlock);
    }
  }

  get ids(): string[] {
    return [...this.#idByZone.values()];
  }

  /** @throws Error where the zone is none of the subnets' */
  idIn(zone: Zone): string {
    const id = this.#idByZone.get(zone);
    if (id === undefined) throw new Error(`${this.node.path}: there is no subnet in zone ${zone}`);
    return id;
  }
}
