import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { consume, publish } from "@demarc/shared/contract";
import { edgeContract, networkContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { chosenId, WorkspaceStack } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import type { App } from "cdktf";
import { type ExposedHost, portsOf } from "./exposed";
import { edgeName } from "./names";
import { NetworkLoadBalancer } from "./network-load-balancer";

/**
 * The way from apps' REST APIs to pods, where infra owns it: for each cluster an internal network load balancer and the VPC link to it. It is
 * there before any cluster, and no change of a cluster or an app touches it.
 */
export class NetworkEdgeStack extends WorkspaceStack {
  /** @param listeners port of each app's listener, by the app's name */
  constructor(
    app: App,
    environment: Environment,
    hosts: readonly ExposedHost[],
    listeners: Readonly<Record<string, number>>,
    deletionProtection: boolean,
  ) {
    super(app, { workspace: infra, stack: "edge", environment });
    const network = consume(this, networkContract);
    const securityGroupId = this.#securityGroup(network, portsOf(hosts));
    const clusters = Object.keys(environment.clusters).map((cluster) => {
      const place = { environment, cluster, hosts, listeners, network, securityGroupId, deletionProtection };
      return { cluster, balancer: new NetworkLoadBalancer(this, chosenId("cluster", cluster), place) };
    });
    publish(this, edgeContract, {
      targetGroupArns: Object.fromEntries(clusters.flatMap(({ balancer }) => Object.entries(balancer.targetGroupArns))),
      securityGroupId,
      subnetCidrs: network.internalSubnetCidrs,
      vpcLinkIds: Object.fromEntries(clusters.map(({ cluster, balancer }) => [cluster, balancer.linkId])),
    });
  }

  /** It lets nobody in: of what comes through a VPC link it is not asked. */
  #securityGroup(
    { vpcId, vpcCidr }: { readonly vpcId: string; readonly vpcCidr: string },
    ports: readonly number[],
  ): string {
    const name = edgeName(this.environment);
    const securityGroupId = new SecurityGroup(this, "security-group", {
      name,
      description: "Network load balancers: the ports of apps are reached",
      vpcId,
      tags: { Name: name },
    }).id;
    for (const port of ports)
      new VpcSecurityGroupEgressRule(this, `port-${String(port)}`, {
        securityGroupId,
        description: "Pods of apps",
        cidrIpv4: vpcCidr,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      });
    return securityGroupId;
  }
}
