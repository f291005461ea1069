import type { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { Fn } from "cdktf";

/** What AWS makes of an NLB's name to have its host name: `<name>-<16 hexadecimal digits>.elb.<region>.amazonaws.com`. */
const AFTER_THE_NAME = "/-[0-9a-f]{16}[.]elb[.].*$/";

/**
 * Name of the Network Load Balancer that a controller made for a Service: known once the Service's status has its host name, so that
 * it can be looked up in the same apply. Whoever looks it up adds no `dependsOn` on the Service: Terraform would read it at the apply
 * alone, and plan to replace what is made of its ARN.
 */
export function networkLoadBalancerName(service: ServiceV1): string {
  return Fn.replace(service.status.get(0).loadBalancer.get(0).ingress.get(0).hostname, AFTER_THE_NAME, "");
}

/** The same as a stack's JSON has it. @param label of the `kubernetes_service_v1` in Terraform's addresses */
export function networkLoadBalancerNameOf(label: string): string {
  const hostname = `kubernetes_service_v1.${label}.status[0].load_balancer[0].ingress[0].hostname`;
  return `\${replace(${hostname}, "${AFTER_THE_NAME}", "")}`;
}
