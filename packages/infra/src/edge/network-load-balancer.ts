import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { targetGroupKey } from "@demarc/shared/apps";
import type { ConsumedValues } from "@demarc/shared/contract";
import type { networkContract } from "@demarc/shared/contracts";
import { clusterName, type Environment } from "@demarc/shared/environment";
import { chosenId } from "@demarc/shared/stack";
import { Construct } from "constructs";
import { protect } from "../protection";
import type { ExposedHost } from "./exposed";
import { edgeName } from "./names";
import { hostTargetGroup } from "./target-group";

export interface NetworkLoadBalancerProps {
  readonly environment: Environment;
  /** Short id of the cluster that it leads to. */
  readonly cluster: string;
  readonly hosts: readonly ExposedHost[];
  /** Port of each app's listener, by the app's name. */
  readonly listeners: Readonly<Record<string, number>>;
  readonly network: ConsumedValues<typeof networkContract>;
  readonly securityGroupId: string;
  readonly deletionProtection: boolean;
}

/**
 * An internal network load balancer for the pods of one cluster, and the VPC link to it. A listener and a target group for each app: none
 * divides requests between clusters, so each cluster has a load balancer of its own.
 */
export class NetworkLoadBalancer extends Construct {
  readonly linkId: string;
  /** ARN of each target group, by its key in the contract. */
  readonly targetGroupArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: NetworkLoadBalancerProps) {
    super(scope, id);
    const { environment, cluster, hosts } = props;
    const loadBalancerArn = this.#balancer(props);
    this.targetGroupArns = Object.fromEntries(
      hosts.map((host) => [targetGroupKey(cluster, host.hostname), this.#listener(host, loadBalancerArn, props)]),
    );
    this.linkId = new ApiGatewayVpcLink(this, "link", {
      name: clusterName(environment, cluster),
      description: `Leads to the load balancer of cluster ${clusterName(environment, cluster)}`,
      targetArns: [loadBalancerArn],
    }).id;
  }

  #balancer({ environment, cluster, network, securityGroupId, deletionProtection }: NetworkLoadBalancerProps): string {
    const balancer = new Lb(this, "balancer", {
      name: edgeName({ name: clusterName(environment, cluster) }),
      loadBalancerType: "network",
      internal: true,
      subnets: network.internalSubnetIds,
      // Without one from the start, it can never get any.
      securityGroups: [securityGroupId],
      // What comes through a VPC link of version 1 has addresses of API Gateway's, which AWS says not to rely on.
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: "off",
      enableCrossZoneLoadBalancing: true,
      enableDeletionProtection: deletionProtection,
    });
    // AWS refuses only once Terraform has destroyed listeners: the plan has to.
    if (deletionProtection) protect(balancer, "edge.deletionProtection");
    return balancer.arn;
  }

  #listener(host: ExposedHost, loadBalancerArn: string, props: NetworkLoadBalancerProps): string {
    const { environment, cluster, listeners, network } = props;
    const { hostname, app } = host;
    const { [app]: port } = listeners;
    if (port === undefined) throw new Error(`${app} has no listener: the environment was not validated`);
    const targetGroupArn = hostTargetGroup(this, chosenId("host", hostname), {
      ...{ environment, cluster, host, vpcId: network.vpcId, protocol: "TCP" },
      // With the caller's address a pod could not answer one that is behind the same load balancer.
      preserveClientIp: false,
    });
    new LbListener(this, chosenId("listener", hostname), {
      loadBalancerArn,
      port,
      protocol: "TCP",
      defaultAction: [{ type: "forward", targetGroupArn }],
    });
    return targetGroupArn;
  }
}
