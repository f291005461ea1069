import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Construct } from "constructs";
import type { Vpc } from "./vpc";

export interface EndpointsProps {
  /** What the endpoints' names begin with. */
  readonly name: string;
  readonly region: string;
  readonly vpc: Vpc;
  /** Route tables that get the way to S3. */
  readonly routeTableIds: readonly string[];
  /** Where the interface endpoints stand. */
  readonly subnetIds: readonly string[];
  /** Services with an interface endpoint, such as "ecr.api". */
  readonly interfaces: readonly string[];
}

/** Ways to AWS services that pass no NAT gateway: to S3 always, to others where they are named. */
export class Endpoints extends Construct {
  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { name, region, vpc, routeTableIds, subnetIds, interfaces } = props;

    new VpcEndpoint(this, "s3", {
      vpcId: vpc.vpcId,
      serviceName: `com.amazonaws.${region}.s3`,
      vpcEndpointType: "Gateway",
      routeTableIds: [...routeTableIds],
      tags: { Name: `${name}-s3` },
    });
    if (interfaces.length === 0) return;

    const group = this.#openToTheVpc(name, vpc);
    for (const service of interfaces) {
      new VpcEndpoint(this, `interface-${service}`, {
        vpcId: vpc.vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        privateDnsEnabled: true,
        subnetIds: [...subnetIds],
        securityGroupIds: [group.id],
        tags: { Name: `${name}-${service}` },
      });
    }
  }

  #openToTheVpc(name: string, vpc: Vpc): SecurityGroup {
    const group = new SecurityGroup(this, "security-group", {
      name: `${name}-endpoints`,
      description: "Lets the VPC reach AWS services over TLS",
      vpcId: vpc.vpcId,
      tags: { Name: `${name}-endpoints` },
    });
    new VpcSecurityGroupIngressRule(this, "https", {
      securityGroupId: group.id,
      description: "TLS from the VPC",
      cidrIpv4: vpc.cidr,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    return group;
  }
}
