import { Lb } from "@cdktf/provider-aws/lib/lb";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { ConsumedValues } from "@demarc/shared/contract";
import type { networkContract } from "@demarc/shared/contracts";
import { Construct } from "constructs";
import { ANYWHERE } from "../network/public-subnets";
import { protect } from "../protection";

export interface LoadBalancerProps {
  /** Name of the load balancer and of its security group. */
  readonly name: string;
  readonly network: ConsumedValues<typeof networkContract>;
  /** Ports of pods that it reaches. */
  readonly ports: readonly number[];
  /** Bucket of its access logs. */
  readonly logBucket: string;
  readonly deletionProtection: boolean;
}

/** An ALB that faces the internet. It lets in HTTP and HTTPS, and reaches the apps' ports in the VPC and nothing else. */
export class LoadBalancer extends Construct {
  readonly arn: string;
  /** Name in DNS, and the hosted zone of AWS's that it is in. */
  readonly dnsName: string;
  readonly zoneId: string;
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { name, network, ports, logBucket, deletionProtection } = props;
    this.securityGroupId = this.#securityGroup(name, network.vpcId);
    for (const [what, port] of Object.entries({ http: 80, https: 443 })) this.#letIn(what, port);
    for (const port of ports) this.#letOut(port, network.vpcCidr);

    const balancer = new Lb(this, "balancer", {
      name,
      loadBalancerType: "application",
      internal: false,
      subnets: network.publicSubnetIds,
      securityGroups: [this.securityGroupId],
      // Header names that no standard allows are what request smuggling is made of.
      dropInvalidHeaderFields: true,
      accessLogs: { bucket: logBucket, enabled: true },
      enableDeletionProtection: deletionProtection,
    });
    // AWS refuses only once Terraform has destroyed listeners and records: the plan has to.
    if (deletionProtection) protect(balancer, "edge.deletionProtection");
    this.arn = balancer.arn;
    this.dnsName = balancer.dnsName;
    this.zoneId = balancer.zoneId;
  }

  #securityGroup(name: string, vpcId: string): string {
    return new SecurityGroup(this, "security-group", {
      name,
      description: "ALB: the internet comes in, the ports of apps are reached",
      vpcId,
      tags: { Name: name },
    }).id;
  }

  #letIn(what: string, port: number): void {
    new VpcSecurityGroupIngressRule(this, what, {
      securityGroupId: this.securityGroupId,
      description: "The internet",
      cidrIpv4: ANYWHERE,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
    });
  }

  /** To the whole VPC: the security groups of clusters are not known here, for the ALB is there before any of them. */
  #letOut(port: number, vpcCidr: string): void {
    new VpcSecurityGroupEgressRule(this, `port-${String(port)}`, {
      securityGroupId: this.securityGroupId,
      description: "Pods of apps",
      cidrIpv4: vpcCidr,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
    });
  }
}
