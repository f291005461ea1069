import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import type { ConsumedValues } from "@demarc/shared/contract";
import type { networkContract } from "@demarc/shared/contracts";
import { WorkspaceStack } from "@demarc/shared/stack";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { ANYWHERE } from "../network/public-subnets";
import type { BastionRole } from "./role";
import { BASTION_OF } from "./session-policy";
import type { BastionSettings } from "./settings";

export interface BastionInstanceProps {
  readonly name: string;
  /** Name of its cluster in AWS. */
  readonly cluster: string;
  readonly settings: BastionSettings;
  readonly network: ConsumedValues<typeof networkContract>;
  readonly role: BastionRole;
}

/** The machine: no public address, no key, nothing that lets anybody in. */
export class BastionInstance extends Construct {
  readonly instanceId: string;
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, { name, cluster, settings, network, role }: BastionInstanceProps) {
    super(scope, id);
    this.securityGroupId = this.#securityGroup(name, network.vpcId);
    const tags = { ...WorkspaceStack.of(this).defaultTags, Name: name };
    this.instanceId = new Instance(this, "machine", {
      ami: settings.ami,
      instanceType: settings.instanceType,
      subnetId: Token.asString(Fn.element(network.privateSubnetIds, 0)),
      associatePublicIpAddress: false,
      vpcSecurityGroupIds: [this.securityGroupId],
      iamInstanceProfile: role.profileName,
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      rootBlockDevice: { encrypted: true, volumeType: "gp3", tags },
      ebsOptimized: true,
      monitoring: true,
      tags: { Name: name, [BASTION_OF]: cluster },
      dependsOn: [...role.policies],
    }).id;
  }

  /** DNS of the VPC needs no rule: no security group holds what goes to it. */
  #securityGroup(name: string, vpcId: string): string {
    const group = new SecurityGroup(this, "security-group", {
      name,
      description: "Bastion: lets nobody in, reaches TLS alone",
      vpcId,
      tags: { Name: name },
    });
    new VpcSecurityGroupEgressRule(this, "tls", {
      description: "Session Manager, and the Kubernetes API",
      securityGroupId: group.id,
      cidrIpv4: ANYWHERE,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
    return group.id;
  }
}
