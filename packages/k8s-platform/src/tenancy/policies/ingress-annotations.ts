import { HTTP_PATH, LONGEST_HTTP_PATH } from "@demarc/shared/workload";
import { type Values, valueRule } from "./annotation-values";
import { cel, celList } from "./cel";
import type { Rule } from "./policy";

/** What an Ingress's annotations of the load balancer controller begin with. */
export const ALB = "alb.ingress.kubernetes.io/";

/** Attributes of a target group by their value's pattern. Others, and other values, AWS refuses, or are not for apps. */
const attributes: Readonly<Record<string, string>> = {
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html
  "deregistration_delay.timeout_seconds": "([0-9]{1,3}|[12][0-9]{3}|3[0-5][0-9]{2}|3600)",
  "slow_start.duration_seconds": "(0|[3-9][0-9]|[1-8][0-9]{2}|900)",
  "stickiness.enabled": "(true|false)",
  "stickiness.type": "lb_cookie",
  "stickiness.lb_cookie.duration_seconds": "([1-9][0-9]{0,4}|[1-5][0-9]{5}|60[0-3][0-9]{3}|604[0-7][0-9]{2}|604800)",
  "load_balancing.algorithm.type": "(round_robin|least_outstanding_requests|weighted_random)",
  "load_balancing.algorithm.anomaly_mitigation": "(on|off)",
  "load_balancing.cross_zone.enabled": "(true|false|use_load_balancer_configuration)",
};

const attribute = `(${Object.entries(attributes)
  .map(([key, value]) => `${key.replaceAll(".", "[.]")}=${value}`)
  .join("|")})`;

/**
 * What is the app's own on its load balancer, and the values that controller and AWS take. The controller fails every Ingress of a
 * load balancer for one bad value. Scheme, group, certificate, WAF and the like are the platform's.
 *
 * Annotations: docs/guide/ingress/annotations.md of the controller. Ranges: CreateTargetGroup in the API reference of Elastic Load
 * Balancing v2, and https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html.
 */
const annotations: Readonly<Record<string, Values>> = {
  "backend-protocol": { oneOf: ["HTTP", "HTTPS"] },
  "backend-protocol-version": { oneOf: ["HTTP1", "HTTP2", "GRPC"] },
  "healthcheck-interval-seconds": { from: 5, to: 300 },
  "healthcheck-path": { pattern: HTTP_PATH, longest: LONGEST_HTTP_PATH, such: "a path such as /healthz" },
  // A port's name fails the whole load balancer where the Service's target port has a name too.
  "healthcheck-port": { from: 1, to: 65535, or: "traffic-port" },
  "healthcheck-protocol": { oneOf: ["HTTP", "HTTPS"] },
  "healthcheck-timeout-seconds": { from: 2, to: 120 },
  "healthy-threshold-count": { from: 2, to: 10 },
  "listen-ports": { oneOf: ['[{"HTTP":80},{"HTTPS":443}]', '[{"HTTPS":443}]'] },
  "ssl-redirect": { oneOf: ["443"] },
  // 200 to 499 of HTTP, 0 to 99 of gRPC.
  "success-codes": {
    pattern:
      "^([2-4][0-9]{2}|[0-9]{1,2})(-([2-4][0-9]{2}|[0-9]{1,2}))?(,([2-4][0-9]{2}|[0-9]{1,2})(-([2-4][0-9]{2}|[0-9]{1,2}))?)*$",
    longest: 1024,
    such: "codes such as 200 or 200-299,404",
  },
  "target-group-attributes": {
    pattern: `^${attribute}(,${attribute})*$`,
    longest: 1024,
    such: `key=value pairs of ${Object.keys(attributes).join(", ")}, in the ranges that AWS documents`,
  },
  "target-type": { oneOf: ["ip"] },
  "unhealthy-threshold-count": { from: 2, to: 10 },
};

/** Rules about `variables.annotations`. */
export function annotationRules(): Rule[] {
  const names = Object.keys(annotations);
  return [
    {
      expression: `variables.annotations.all(key, !key.startsWith(${cel(ALB)}) || key in ${celList(names.map((name) => ALB + name))})`,
      message: `the load balancer's scheme, group, certificate, security groups, authentication and WAF are the platform's; of the annotations ${ALB}… an Ingress may have ${names.join(", ")}`,
    },
    ...Object.entries(annotations).map(([name, values]) =>
      valueRule(ALB + name, values, "one bad value fails every Ingress of its load balancer"),
    ),
    ...together,
  ];
}

/** The number that an annotation has, or the controller's default. Where it is no number, another rule says so. */
function numberOf(name: string, fallback: number): string {
  const key = cel(ALB + name);
  const value = `variables.annotations[${key}]`;
  return `(${key} in variables.annotations && ${value}.matches('^[0-9]{1,5}$') ? int(${value}) : ${fallback})`;
}

const GRPC = `(${cel(`${ALB}backend-protocol-version`)} in variables.annotations && variables.annotations[${cel(`${ALB}backend-protocol-version`)}] == 'GRPC')`;
const CODES = cel(`${ALB}success-codes`);

/** What AWS refuses of two annotations together. */
const together: readonly Rule[] = [
  {
    expression: `${numberOf("healthcheck-timeout-seconds", 5)} < ${numberOf("healthcheck-interval-seconds", 15)}`,
    message: `${ALB}healthcheck-timeout-seconds (5 without it) must be less than healthcheck-interval-seconds (15 without it)`,
  },
  {
    expression: `!(${CODES} in variables.annotations) || (${GRPC} ? !variables.annotations[${CODES}].matches('[0-9]{3}') : !variables.annotations[${CODES}].matches('(^|[,-])[0-9]{1,2}([,-]|$)'))`,
    message: `${ALB}success-codes must be 200 to 499, or 0 to 99 where backend-protocol-version is GRPC`,
  },
];
