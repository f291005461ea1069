import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import type { Environment } from "@demarc/shared/environment";
import type { Construct } from "constructs";
import type { ExposedHost } from "./exposed";
import { targetGroupName } from "./names";

export interface HostTargetGroupProps {
  readonly environment: Environment;
  /** Short id of the cluster whose pods are its targets. */
  readonly cluster: string;
  readonly host: ExposedHost;
  readonly vpcId: string;
  /** HTTP of an ALB, TCP of a network load balancer. */
  readonly protocol: "HTTP" | "TCP";
  /** Whether pods see the caller's address, where the load balancer can tell it. @default what AWS does by itself */
  readonly preserveClientIp?: boolean;
}

/** The target group of a host name in one cluster, to which the app's pods are bound. @returns its ARN */
export function hostTargetGroup(scope: Construct, id: string, props: HostTargetGroupProps): string {
  const { environment, cluster, host, vpcId, protocol, preserveClientIp } = props;
  const { hostname, app, targetGroup } = host;
  // What AWS can only change by another target group. The port stands for a target that names none, and the controller names each pod's
  // own: an app's port changes without another group.
  const fixed = { targetType: "ip", protocol, port: 80 };
  return new LbTargetGroup(scope, id, {
    name: targetGroupName(environment, cluster, hostname, fixed),
    ...fixed,
    vpcId,
    ...(preserveClientIp === undefined ? {} : { preserveClientIp: String(preserveClientIp) }),
    deregistrationDelay: String(targetGroup.deregistrationSeconds),
    healthCheck: {
      protocol: "HTTP",
      port: "traffic-port",
      path: targetGroup.health.path,
      interval: targetGroup.health.intervalSeconds,
      timeout: targetGroup.health.timeoutSeconds,
      healthyThreshold: targetGroup.health.healthyThreshold,
      unhealthyThreshold: targetGroup.health.unhealthyThreshold,
      matcher: targetGroup.health.codes,
    },
    tags: { app, cluster, hostname },
    lifecycle: { createBeforeDestroy: true },
  }).arn;
}
