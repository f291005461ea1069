import { type HealthCheckPlan, type TargetGroupPlan, UnbuildableModel } from "./plan";

/** Attributes of a target group of pods, by load balancer (ELB's API reference, TargetGroupAttribute). */
const ATTRIBUTES: Readonly<Record<"application" | "network", ReadonlySet<string>>> = {
  application: new Set([
    "deregistration_delay.timeout_seconds",
    "load_balancing.algorithm.anomaly_mitigation",
    "load_balancing.algorithm.type",
    "load_balancing.cross_zone.enabled",
    "slow_start.duration_seconds",
    "stickiness.app_cookie.cookie_name",
    "stickiness.app_cookie.duration_seconds",
    "stickiness.enabled",
    "stickiness.lb_cookie.duration_seconds",
    "stickiness.type",
    "target_group_health.dns_failover.minimum_healthy_targets.count",
    "target_group_health.dns_failover.minimum_healthy_targets.percentage",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count",
    "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage",
  ]),
  network: new Set([
    "deregistration_delay.connection_termination.enabled",
    "deregistration_delay.timeout_seconds",
    "load_balancing.cross_zone.enabled",
    "preserve_client_ip.enabled",
    "proxy_protocol_v2.enabled",
    "stickiness.enabled",
    "stickiness.type",
    "target_health_state.unhealthy.connection_termination.enabled",
    "target_health_state.unhealthy.draining_interval_seconds",
  ]),
};

/**
 * A target group that ELB would take. moto takes any: a bad value would pass here, and in AWS fail every Ingress of its load
 * balancer. Ranges: CreateTargetGroup in ELB's API reference.
 *
 * @throws UnbuildableModel where ELB would refuse it
 */
export function takenByElb(group: TargetGroupPlan, kind: "application" | "network"): TargetGroupPlan {
  const problem = [
    ...healthCheckProblems(group.healthCheck, kind),
    ...Object.keys(group.attributes)
      .filter((name) => !ATTRIBUTES[kind].has(name))
      .map((name) => `target group attribute key '${name}' is not recognized`),
  ][0];
  if (problem === undefined) return group;
  throw new UnbuildableModel(`target group ${group.resource}: ValidationError: ${problem}`);
}

function healthCheckProblems(check: HealthCheckPlan, kind: "application" | "network"): string[] {
  const { interval, timeout, healthyAfter, unhealthyAfter, port, path, codes } = check;
  const within = (name: string, value: number, least: number, most: number) =>
    value >= least && value <= most ? [] : [`${name} ${value} must be from ${least} to ${most}`];
  return [
    ...within("health check interval", interval, 5, 300),
    ...within("health check timeout", timeout, 2, 120),
    ...(kind === "application" && timeout >= interval
      ? [`health check timeout ${timeout} must be smaller than the interval ${interval}`]
      : []),
    ...within("healthy threshold", healthyAfter, 2, 10),
    ...within("unhealthy threshold", unhealthyAfter, 2, 10),
    ...(port === "traffic-port" || isPort(port)
      ? []
      : [`health check port '${port}' must be traffic-port or 1 to 65535`]),
    ...(path === undefined || /^\/[!-~]{0,1023}$/.test(path) ? [] : [`health check path '${path}' is not valid`]),
    ...(codes === undefined || areCodes(codes)
      ? []
      : [`health check matcher '${codes}' must be codes from 200 to 499`]),
  ];
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) >= 1 && Number(text) <= 65_535;
}

/** One code, several, or ranges of them. */
function areCodes(text: string): boolean {
  return text.split(",").every((part) => {
    const ends = part.split("-");
    return ends.length <= 2 && ends.every((code) => /^\d{3}$/.test(code) && Number(code) >= 200 && Number(code) <= 499);
  });
}
