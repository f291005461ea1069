import { consume, publish } from "@demarc/shared/contract";
import { keysContract, networkContract, networkContractV1 } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { infra } from "@demarc/shared/workspace";
import { WorkspaceStack } from "@demarc/shared/stack";
import type { App } from "cdktf";
import type { RetainSettings } from "../keys/settings";
import { Endpoints } from "./endpoints";
import { FlowLogs } from "./flow-logs";
import { InternalSubnets } from "./internal-subnets";
import { NatGateways } from "./nat";
import { PrivateSubnets } from "./private-subnets";
import { PublicSubnets } from "./public-subnets";
import type { NetworkSettings } from "./settings";
import { Vpc } from "./vpc";

/** The VPC of an environment: where everything else is placed, and the ways in and out. */
export class NetworkStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, settings: NetworkSettings, retain: RetainSettings) {
    super(app, { workspace: infra, stack: "network", environment });
    const { name, region } = environment;

    const vpc = new Vpc(this, "vpc", { name, cidr: settings.cidr });
    const { vpcId } = vpc;
    const placed = { name, region, vpcId, vpcCidr: settings.cidr, zones: settings.zones.toSorted() };
    const publicSubnets = new PublicSubnets(this, "public", placed);
    const internalSubnets = new InternalSubnets(this, "internal", placed);
    const nat = new NatGateways(this, "nat", { name, nat: settings.nat, subnets: publicSubnets });
    const privateSubnets = new PrivateSubnets(this, "private", { ...placed, nat });

    new Endpoints(this, "endpoints", {
      name,
      region,
      vpc,
      routeTableIds: [publicSubnets.routeTableId, ...privateSubnets.routeTableIds],
      subnetIds: privateSubnets.ids,
      interfaces: settings.interfaceEndpoints,
    });
    const keeping = { keyArn: consume(this, keysContract).logKeyArn, retained: retain.logs };
    new FlowLogs(this, "flow-logs", { environment, vpcId, settings, keeping });

    const place = {
      vpcId,
      vpcCidr: vpc.cidr,
      publicSubnetIds: publicSubnets.ids,
      publicSubnetCidrs: publicSubnets.cidrs,
      privateSubnetIds: privateSubnets.ids,
    };
    publish(this, networkContract, {
      ...place,
      privateSubnetIdsByZone: privateSubnets.idsByZone,
      internalSubnetIds: internalSubnets.ids,
      internalSubnetCidrs: internalSubnets.cidrs,
    });
    publish(this, networkContractV1, {
      ...place,
      privateSubnetCidrs: [...internalSubnets.cidrs, ...privateSubnets.cidrs],
    });
  }
}
