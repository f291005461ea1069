import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { targetGroupKey } from "@demarc/shared/apps";
import type { ConsumedValues } from "@demarc/shared/contract";
import type { networkContract } from "@demarc/shared/contracts";
import { clusterName, type Environment } from "@demarc/shared/environment";
import { chosenId } from "@demarc/shared/stack";
import { Construct } from "constructs";
import type { ExposedHost } from "./exposed";
import { edgeName, targetGroupName } from "./names";

/** What AWS can only change by another target group. The port stands for a target that names none, as the controller never does. */
const FIXED = { targetType: "ip", protocol: "TCP", port: 80 } as const;

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
    return new Lb(this, "balancer", {
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
      // AWS refuses only once Terraform has destroyed listeners: the plan has to.
      ...(deletionProtection ? { lifecycle: { preventDestroy: true } } : {}),
    }).arn;
  }

  #listener(host: ExposedHost, loadBalancerArn: string, props: NetworkLoadBalancerProps): string {
    const { environment, cluster, listeners, network } = props;
    const { hostname, app, targetGroup } = host;
    const { [app]: port } = listeners;
    if (port === undefined) throw new Error(`${app} has no listener: the environment was not validated`);
    const group = new LbTargetGroup(this, chosenId("host", hostname), {
      name: targetGroupName(environment, cluster, hostname, FIXED),
      ...FIXED,
      vpcId: network.vpcId,
      // With the caller's address a pod could not answer one that is behind the same load balancer.
      preserveClientIp: "false",
      deregistrationDelay: String(targetGroup.deregistrationSeconds),
      healthCheck: {
        protocol: "HTTP",
        port: "traffic-port",
        path: targetGroup.health.path,
        matcher: targetGroup.health.codes,
        interval: targetGroup.health.intervalSeconds,
        timeout: targetGroup.health.timeoutSeconds,
        healthyThreshold: targetGroup.health.healthyThreshold,
        unhealthyThreshold: targetGroup.health.unhealthyThreshold,
      },
      tags: { app, cluster, hostname },
      lifecycle: { createBeforeDestroy: true },
    });
    new LbListener(this, chosenId("listener", hostname), {
      loadBalancerArn,
      port,
      protocol: "TCP",
      defaultAction: [{ type: "forward", targetGroupArn: group.arn }],
    });
    return group.arn;
  }
}
