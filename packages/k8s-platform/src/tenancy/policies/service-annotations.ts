import { SERVICE_ANNOTATIONS } from "@demarc/shared/exposure";
import { HTTP_PATH, LONGEST_HTTP_PATH } from "@demarc/shared/workload";
import { type Values, valueRule } from "./annotation-values";
import { cel, celList } from "./cel";
import type { Rule } from "./policy";

const attribute =
  "(preserve_client_ip[.]enabled=false|deregistration_delay[.]timeout_seconds=([0-9]{1,3}|[12][0-9]{3}|3[0-5][0-9]{2}|3600))";

/**
 * What a Service may say of its network load balancer. Who gets in, its subnets, security groups, addresses and tags are not for apps: a
 * scheme other than internal would let the internet in.
 *
 * Annotations: docs/guide/service/annotations.md of the controller. Auto Mode's controller knows these too:
 * https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html
 */
const annotations: Readonly<Record<string, Values>> = {
  scheme: { oneOf: ["internal"] },
  "nlb-target-type": { oneOf: ["ip"] },
  "inbound-sg-rules-on-private-link-traffic": { oneOf: ["off"] },
  "healthcheck-protocol": { oneOf: ["http", "tcp"] },
  "healthcheck-port": { oneOf: ["traffic-port"] },
  "healthcheck-path": { pattern: HTTP_PATH, longest: LONGEST_HTTP_PATH, such: "a path such as /healthz" },
  "target-group-attributes": {
    pattern: `^${attribute}(,${attribute})*$`,
    longest: 1024,
    such: "preserve_client_ip.enabled=false, deregistration_delay.timeout_seconds=<seconds> or both",
  },
};

/** Those that have to be there: without them the controller takes a default, which need not be this. */
const needed = ["scheme", "nlb-target-type"];

/** What a Service may have for the controller where it may have a load balancer, by their whole names. */
const serviceAnnotations: readonly string[] = Object.keys(annotations).map((name) => SERVICE_ANNOTATIONS + name);

/** Rules about `variables.annotations` of a Service, of which `variables.balanced` says whether it asks for a load balancer. */
export function serviceAnnotationRules(): Rule[] {
  const because = "a load balancer of an app's is for its REST API alone";
  const names = needed.map((name) => SERVICE_ANNOTATIONS + name);
  return [
    {
      expression: `!variables.balanced || ${celList(names)}.all(key, key in variables.annotations)`,
      message: `a Service of type LoadBalancer needs the annotations ${names.join(" and ")}, as WebApplication writes them`,
    },
    {
      expression: `variables.annotations.all(key, !key.startsWith(${cel(SERVICE_ANNOTATIONS)}) || key in ${celList(serviceAnnotations)})`,
      message: `subnets, addresses, security groups, certificates and tags of a load balancer are not for apps; of the annotations ${SERVICE_ANNOTATIONS}… a Service may have ${Object.keys(annotations).join(", ")}`,
    },
    ...Object.entries(annotations).map(([name, values]) => valueRule(SERVICE_ANNOTATIONS + name, values, because)),
  ];
}
