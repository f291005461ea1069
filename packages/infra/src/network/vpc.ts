import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Vpc as AwsVpc } from "@cdktf/provider-aws/lib/vpc";
import { Construct } from "constructs";

export interface VpcProps {
  /** Name of the VPC, and what the names of all in it begin with. */
  readonly name: string;
  /** IPv4 range. */
  readonly cidr: string;
}

/** A VPC with DNS, whose default security group lets nothing in or out: what forgets to name a group gets no network. */
export class Vpc extends Construct {
  readonly vpcId: string;
  readonly cidr: string;

  constructor(scope: Construct, id: string, { name, cidr }: VpcProps) {
    super(scope, id);
    const vpc = new AwsVpc(this, "vpc", {
      cidrBlock: cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: name },
    });
    // Without rules here, Terraform removes those that AWS gave it.
    new DefaultSecurityGroup(this, "default-security-group", { vpcId: vpc.id, tags: { Name: `${name}-locked` } });
    this.vpcId = vpc.id;
    this.cidr = vpc.cidrBlock;
  }
}
