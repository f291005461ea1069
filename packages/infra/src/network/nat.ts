import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Construct } from "constructs";
import type { Zone } from "./cidr";
import type { MadeNetworkSettings } from "./settings";
import type { PublicSubnets } from "./public-subnets";

export interface NatGatewaysProps {
  /** What the gateways' names begin with. */
  readonly name: string;
  readonly nat: MadeNetworkSettings["nat"];
  /** Where the gateways stand. */
  readonly subnets: PublicSubnets;
}

/** The way out of private subnets: a NAT gateway in each zone that asks for one, or one for all. */
export class NatGateways extends Construct {
  readonly #byZone = new Map<Zone, NatGateway>();
  readonly #props: NatGatewaysProps;

  constructor(scope: Construct, id: string, props: NatGatewaysProps) {
    super(scope, id);
    this.#props = props;
  }

  /** Gateway that a zone's traffic takes. @throws Error where there is no public subnet for it to stand in */
  idFor(zone: Zone): string {
    const { nat } = this.#props;
    const place = nat.kind === "single" ? nat.zone : zone;
    const gateway = this.#byZone.get(place) ?? this.#makeIn(place);
    this.#byZone.set(place, gateway);
    return gateway.id;
  }

  #makeIn(zone: Zone): NatGateway {
    const { name, subnets } = this.#props;
    const tags = { Name: `${name}-nat-${zone}` };
    const address = new Eip(this, `address-${zone}`, { domain: "vpc", tags });
    return new NatGateway(this, `gateway-${zone}`, {
      subnetId: subnets.idIn(zone),
      allocationId: address.id,
      tags,
      dependsOn: [subnets.wayOut],
    });
  }
}
