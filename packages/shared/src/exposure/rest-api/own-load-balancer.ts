import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { DataAwsLb } from "@cdktf/provider-aws/lib/data-aws-lb";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { consume } from "../../contract";
import { networkContract } from "../../contracts";
import { clusterName } from "../../environment";
import { networkLoadBalancerName } from "../../kubernetes";
import type { ExposedApp } from "../consequences";
import { SERVICE_ANNOTATIONS, serviceLoadBalancerClass } from "../service-load-balancer";
import { loadBalancerSubnets } from "../subnets";
import type { Front } from "./front";

/** Port of the load balancer's listener. */
const PORT = 80;

/**
 * A load balancer that the app owns by a Service, and the VPC link to it. The controller makes it, and takes it away with the Service; AWS
 * keeps it as long as the link leads to it. So Terraform has to destroy the API first, then the link, then the Service: each refers to the
 * next.
 */
export class OwnLoadBalancer extends Construct implements Front {
  readonly linkId: string;
  readonly beforePods: readonly ITerraformDependable[];
  readonly port = PORT;

  constructor(scope: Construct, id: string, app: ExposedApp) {
    super(scope, id);
    const { environment, cluster } = app.stack;
    const { name } = app.metadata;
    const service = loadBalancerService(this, app);
    this.beforePods = [service];
    // No `dependsOn`: Terraform would look it up at the apply alone, and plan another link, whose target cannot be changed.
    const balancer = new DataAwsLb(this, "balancer", { name: networkLoadBalancerName(service) });
    const link = new ApiGatewayVpcLink(this, "link", {
      name: `${clusterName(environment, cluster)}-${name}`,
      description: `Leads to the load balancer of ${name} in ${clusterName(environment, cluster)}`,
      targetArns: [balancer.arn],
      lifecycle: { createBeforeDestroy: true },
    });
    this.linkId = link.id;
  }
}

/** Name of the Service that asks for an app's load balancer. No app has two dashes in a row in its name: this is no Service of another one. */
export function balancedServiceName(app: string): string {
  return `${app}--api-gateway`;
}

function loadBalancerService(scope: Construct, app: ExposedApp): ServiceV1 {
  const { stack, metadata, selector, portName, readinessPath, drainSeconds } = app;
  return new ServiceV1(scope, "service", {
    metadata: {
      ...metadata,
      name: balancedServiceName(metadata.name),
      annotations: annotations(readinessPath, drainSeconds),
    },
    spec: {
      type: "LoadBalancer",
      loadBalancerClass: serviceLoadBalancerClass(stack.environment, stack.cluster),
      allocateLoadBalancerNodePorts: false,
      // Of what comes through the link nobody is asked (the annotation), and else nobody gets in but load balancers.
      loadBalancerSourceRanges: loadBalancerSubnets("internal", consume(stack, networkContract)).cidrs,
      selector,
      port: [{ name: portName, port: PORT, targetPort: portName, protocol: "TCP" }],
    },
    waitForLoadBalancer: true,
  });
}

function annotations(readinessPath: string, drainSeconds: number): Record<string, string> {
  const values = {
    scheme: "internal",
    "nlb-target-type": "ip",
    // What comes through a VPC link of version 1 has addresses of API Gateway's, which AWS says not to rely on.
    "inbound-sg-rules-on-private-link-traffic": "off",
    "healthcheck-protocol": "http",
    "healthcheck-port": "traffic-port",
    "healthcheck-path": readinessPath,
    "target-group-attributes": `preserve_client_ip.enabled=false,deregistration_delay.timeout_seconds=${String(drainSeconds)}`,
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [SERVICE_ANNOTATIONS + key, value]));
}
