import type { Service } from "../kubernetes/kinds";
import { nameOf } from "../kubernetes/object";
import { Annotations } from "./annotations";
import type { PlanningOptions } from "./planning-options";
import { onlyPods } from "./ingress-target-group";
import type { Flavor } from "./kinds";
import { takenByElb } from "./elb-limits";
import { loadBalancerName } from "./names";
import {
  type HealthCheckPlan,
  type ListenerPlan,
  type LoadBalancerPlan,
  type SubnetChoice,
  type TargetGroupPlan,
  UnbuildableModel,
} from "./plan";
import { targetGroupPort } from "./service-port";

const SERVICE_ANNOTATIONS = "service.beta.kubernetes.io/aws-load-balancer-";

/** Type `external` with target type ip: what a Service asks for that names no class. */
const EXTERNAL = ["external", "nlb-ip"];

/** Whether the controller makes the load balancer of a Service: by its class, or without one by its annotation. */
export function isServed(service: Service, { loadBalancerClass }: Flavor): boolean {
  const { type, loadBalancerClass: asked } = service.spec;
  if (type !== "LoadBalancer" || service.metadata.deletionTimestamp !== undefined) return false;
  if (asked !== undefined) return asked === loadBalancerClass;
  return EXTERNAL.includes(new Annotations(service, SERVICE_ANNOTATIONS).text("type") ?? "");
}

/** The NLB of a Service. @throws UnbuildableModel where what it asks for cannot be had */
export function planService(service: Service, options: PlanningOptions): LoadBalancerPlan {
  const annotations = new Annotations(service, SERVICE_ANNOTATIONS);
  const { namespace = "", name, uid = "" } = service.metadata;
  const asked = annotations.text("nlb-target-type") ?? (annotations.text("type") === "nlb-ip" ? "ip" : undefined);
  const targetType = asked ?? options.defaultTargetType;
  if (targetType !== "ip") throw new UnbuildableModel(onlyPods(targetType));
  const scheme =
    annotations.one("scheme", ["internal", "internet-facing"] as const) ??
    (annotations.text("internal") === "true" ? "internal" : options.defaultScheme);
  const ports = (service.spec.ports ?? []).map((port) => {
    const targetGroup = targetGroupOf(service, port, annotations, options);
    return { targetGroup, listener: listenerOf(port, targetGroup, annotations) };
  });
  return {
    stack: nameOf(service),
    name: annotations.text("name") ?? loadBalancerName([namespace, name], [options.cluster, uid, scheme]),
    type: "network",
    scheme,
    subnets: subnetsOf(annotations),
    securityGroups: securityGroupsOf(service, annotations),
    rulesOnPrivateLink: annotations.one("inbound-sg-rules-on-private-link-traffic", ["on", "off"] as const),
    attributes: annotations.pairs("attributes"),
    tags: { ...options.defaultTags, ...annotations.pairs("additional-resource-tags") },
    listeners: ports.map(({ listener }) => listener),
    targetGroups: ports.map(({ targetGroup }) => targetGroup),
  };
}

type ServicePort = NonNullable<Service["spec"]["ports"]>[number];

function listenerOf(port: ServicePort, { name }: TargetGroupPlan, annotations: Annotations): ListenerPlan {
  const certificates = annotations.list("ssl-cert") ?? [];
  const tlsPorts = annotations.list("ssl-ports") ?? ["*"];
  const isTls =
    certificates.length > 0 && tlsPorts.some((one) => one === "*" || one === String(port.port) || one === port.name);
  const protocol = isTls ? "TLS" : port.protocol === "UDP" ? "UDP" : "TCP";
  return {
    port: port.port,
    protocol,
    certificates: isTls ? certificates : [],
    sslPolicy: isTls ? (annotations.text("ssl-negotiation-policy") ?? "ELBSecurityPolicy-2016-08") : undefined,
    defaultAction: { kind: "forward", targetGroup: name },
    rules: [],
  };
}

function targetGroupOf(
  service: Service,
  port: ServicePort,
  annotations: Annotations,
  { cluster }: PlanningOptions,
): TargetGroupPlan {
  const { namespace = "", name, uid = "" } = service.metadata;
  const protocol = port.protocol === "UDP" ? "UDP" : "TCP";
  const targetGroup: TargetGroupPlan = {
    name: loadBalancerName([namespace, name], [cluster, uid, String(port.port), "ip", protocol]),
    resource: `${namespace}/${name}:${port.port}`,
    protocol,
    port: targetGroupPort(port),
    healthCheck: healthCheck(annotations),
    attributes: annotations.pairs("target-group-attributes"),
    service: { namespace, name, port: port.port },
  };
  return takenByElb(targetGroup, "network");
}

function healthCheck(annotations: Annotations): HealthCheckPlan {
  const asked = annotations.text("healthcheck-protocol")?.toUpperCase();
  const protocol = asked === "HTTP" || asked === "HTTPS" ? asked : "TCP";
  return {
    protocol,
    port: annotations.text("healthcheck-port") ?? "traffic-port",
    path: protocol === "TCP" ? undefined : (annotations.text("healthcheck-path") ?? "/"),
    codes: protocol === "TCP" ? undefined : (annotations.text("healthcheck-success-codes") ?? "200-399"),
    interval: annotations.number("healthcheck-interval") ?? 10,
    timeout: annotations.number("healthcheck-timeout") ?? 10,
    healthyAfter: annotations.number("healthcheck-healthy-threshold") ?? 3,
    unhealthyAfter: annotations.number("healthcheck-unhealthy-threshold") ?? 3,
  };
}

function subnetsOf(annotations: Annotations): SubnetChoice {
  const ids = annotations.list("subnets");
  return ids === undefined ? { by: "role" } : { by: "id", ids };
}

function securityGroupsOf(service: Service, annotations: Annotations): LoadBalancerPlan["securityGroups"] {
  const ids = annotations.list("security-groups");
  if (ids !== undefined) return { ids };
  const cidrs = service.spec.loadBalancerSourceRanges ?? annotations.list("source-ranges") ?? ["0.0.0.0/0"];
  const inbound = (service.spec.ports ?? []).flatMap(({ port, protocol }) =>
    cidrs.map((cidr) => ({ port, protocol: protocol === "UDP" ? ("udp" as const) : ("tcp" as const), cidr })),
  );
  return { inbound };
}
