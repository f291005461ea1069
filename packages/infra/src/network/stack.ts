import { consume, publish } from "@demarc/shared/contract";
import { keysContract, networkContract, networkContractV1 } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { infra } from "@demarc/shared/workspace";
import { WorkspaceStack } from "@demarc/shared/stack";
import type { App } from "cdktf";
import type { RetainSettings } from "../keys/settings";
import { Endpoints } from "./endpoints";
import { ExistingNetwork } from "./existing-network";
import { FlowLogs } from "./flow-logs";
import { InternalSubnets } from "./internal-subnets";
import { NatGateways } from "./nat";
import { PrivateSubnets } from "./private-subnets";
import { PublicSubnets } from "./public-subnets";
import type { MadeNetworkSettings, NetworkSettings } from "./settings";
import { Vpc } from "./vpc";

/** Subnets of one kind, one per zone, in the order of the zones. */
interface Subnets {
  readonly ids: string[];
  /** IPv4 ranges. */
  readonly cidrs: string[];
}

/** Where everything else is placed. */
export interface Place {
  readonly vpcId: string;
  /** IPv4 range that all of the subnets are of. */
  readonly vpcCidr: string;
  readonly publicSubnets: Subnets;
  readonly internalSubnets: Subnets;
  readonly privateSubnets: Subnets & { readonly idsByZone: Record<string, string> };
}

/** The VPC of an environment: where everything else is placed, and the ways in and out. */
export class NetworkStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, settings: NetworkSettings, retain: RetainSettings) {
    super(app, { workspace: infra, stack: "network", environment });

    const { vpcId, vpcCidr, publicSubnets, internalSubnets, privateSubnets } =
      settings.kind === "existing"
        ? new ExistingNetwork(this, "existing", { region: environment.region, settings })
        : this.#make(environment, settings, retain);

    const place = {
      vpcId,
      vpcCidr,
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

  /** No construct of its own: another address would replace the VPC of whoever has one. */
  #make(environment: Environment, settings: MadeNetworkSettings, retain: RetainSettings): Place {
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
    return { vpcId, vpcCidr: vpc.cidr, publicSubnets, internalSubnets, privateSubnets };
  }
}
