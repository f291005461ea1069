import { DataAwsSubnet } from "@cdktf/provider-aws/lib/data-aws-subnet";
import { DataAwsVpc } from "@cdktf/provider-aws/lib/data-aws-vpc";
import { Construct } from "constructs";
import {
  type ExistingNetworkSettings,
  type ExistingSubnet,
  existingSubnets,
  type SubnetKind,
} from "./existing-settings";

export interface ExistingNetworkProps {
  readonly region: string;
  readonly settings: ExistingNetworkSettings;
}

/** A VPC and subnets that others made: looked up by id, and held against what the settings say of them before anything is placed there. */
export class ExistingNetwork extends Construct {
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly publicSubnets: ExistingSubnets;
  readonly internalSubnets: ExistingSubnets;
  readonly privateSubnets: ExistingSubnets;

  constructor(scope: Construct, id: string, { region, settings }: ExistingNetworkProps) {
    super(scope, id);
    const { vpcId, cidr } = settings;
    const vpc = new DataAwsVpc(this, "vpc", {
      id: vpcId,
      lifecycle: { postcondition: [hasRange(vpcId, cidr), givesNames(vpcId)] },
    });
    const of = (kind: SubnetKind) =>
      new ExistingSubnets(this, kind, { kind, region, vpcId, subnets: existingSubnets(settings, kind) });
    this.vpcId = vpc.id;
    // Of the settings: the attribute of the VPC is its first range, and this may be another one.
    this.vpcCidr = cidr;
    this.publicSubnets = of("public");
    this.internalSubnets = of("internal");
    this.privateSubnets = of("private");
  }
}

interface ExistingSubnetsProps {
  readonly kind: SubnetKind;
  readonly region: string;
  readonly vpcId: string;
  readonly subnets: readonly ExistingSubnet[];
}

/** The subnets of one kind. */
class ExistingSubnets extends Construct {
  readonly ids: string[] = [];
  readonly cidrs: string[] = [];
  readonly idsByZone: Record<string, string> = {};

  constructor(scope: Construct, id: string, { kind, region, vpcId, subnets }: ExistingSubnetsProps) {
    super(scope, id);
    for (const { zone, id, cidr } of subnets) {
      const what = `Subnet ${id} of network.subnets.${zone}.${kind}`;
      const found = new DataAwsSubnet(this, `subnet-${zone}`, {
        id,
        lifecycle: {
          postcondition: [
            is(what, "vpc_id", vpcId, "Name a subnet of that VPC."),
            is(what, "cidr_block", cidr, "Name the range that the subnet has."),
            is(what, "availability_zone", `${region}${zone}`, "Name it under its own zone."),
            ...(kind === "private" ? [givesNoPublicAddresses(what)] : []),
          ],
        },
      });
      this.ids.push(found.id);
      this.cidrs.push(found.cidrBlock);
      this.idsByZone[zone] = found.id;
    }
  }
}

function is(what: string, attribute: string, wanted: string, wayOut: string) {
  return {
    condition: `\${self.${attribute} == "${wanted}"}`,
    errorMessage: `${what} has the ${attribute} \${self.${attribute}}, and infra's settings say ${wanted}. ${wayOut}`,
  };
}

function givesNoPublicAddresses(what: string) {
  return {
    condition: "${!self.map_public_ip_on_launch}",
    errorMessage: `${what} gives every node an address on the internet. Switch MapPublicIpOnLaunch off, or name another subnet.`,
  };
}

function hasRange(vpcId: string, cidr: string) {
  const ranges = '[for it in self.cidr_block_associations : it.cidr_block if it.state == "associated"]';
  return {
    condition: `\${contains(${ranges}, "${cidr}")}`,
    errorMessage: `VPC ${vpcId} has \${join(", ", ${ranges})}, and network.cidr of infra's settings is ${cidr}. Name the one that all of its subnets named there are of.`,
  };
}

/** The endpoint of a cluster answers to its name inside the VPC: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
function givesNames(vpcId: string) {
  return {
    condition: "${self.enable_dns_support && self.enable_dns_hostnames}",
    errorMessage: `VPC ${vpcId} gives no names, and nodes find the Kubernetes API by its name. Switch EnableDnsSupport and EnableDnsHostnames on.`,
  };
}
