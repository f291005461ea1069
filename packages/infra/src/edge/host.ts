import { LbListenerRule } from "@cdktf/provider-aws/lib/lb-listener-rule";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { targetGroupKey } from "@demarc/shared/apps";
import { type Environment, weightOf } from "@demarc/shared/environment";
import { edgeRecords } from "@demarc/shared/exposure";
import { Construct } from "constructs";
import type { ExposedHost } from "./exposed";
import type { LoadBalancer } from "./load-balancer";
import { hostTargetGroup } from "./target-group";

export interface HostProps {
  readonly environment: Environment;
  readonly host: ExposedHost;
  readonly vpcId: string;
  readonly balancer: LoadBalancer;
  /** HTTPS listener of the load balancer. */
  readonly listenerArn: string;
  readonly zone: { readonly zoneId: string; readonly baseDomain: string };
}

/** A host name at the ALB: its record, a target group in each cluster, and the rule that divides its requests between them. */
export class Host extends Construct {
  /** ARN of each target group, by its key in the contract. */
  readonly targetGroupArns: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, { environment, host, vpcId, listenerArn, ...place }: HostProps) {
    super(scope, id);
    const name = `${host.hostname}.${place.zone.baseDomain}`;
    const groups = Object.keys(environment.clusters).map((cluster) => ({
      cluster,
      arn: hostTargetGroup(this, `cluster-${cluster}`, { environment, cluster, host, vpcId, protocol: "HTTP" }),
    }));
    // Weights with one cluster too: a second one comes in by a change of the rule. Without a priority it gets the next free one, which
    // is as good as any: no request has two host names.
    new LbListenerRule(this, "rule", {
      listenerArn,
      condition: [{ hostHeader: { values: [name] } }],
      action: [
        {
          type: "forward",
          forward: { targetGroup: groups.map(({ cluster, arn }) => ({ arn, weight: weightOf(environment, cluster) })) },
        },
      ],
    });
    this.#record(environment, name, place);
    this.targetGroupArns = Object.fromEntries(
      groups.map(({ cluster, arn }) => [targetGroupKey(cluster, host.hostname), arn]),
    );
  }

  /**
   * One of several of its name, as every record of an app is. Route 53 does not ask whether the ALB is healthy: for
   * Route 53 it is not as soon as one target group has no healthy target, and one app's would take all host names with it.
   * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias-common.html
   */
  #record(environment: Environment, hostname: string, { balancer, zone }: Pick<HostProps, "balancer" | "zone">): void {
    for (const { setIdentifier, weight } of edgeRecords(environment)) {
      new Route53Record(this, "record", {
        zoneId: zone.zoneId,
        name: hostname,
        type: "A",
        alias: { name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: false },
        setIdentifier,
        weightedRoutingPolicy: { weight },
      });
    }
  }
}
