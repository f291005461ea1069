import type { Ingress, Service } from "../kubernetes/kinds";
import { Annotations } from "./annotations";
import { takenByElb } from "./elb-limits";
import { type ClassifiedIngress, INGRESS_ANNOTATIONS, type IngressGroup } from "./ingress-group";
import { loadBalancerName } from "./names";
import { type HealthCheckPlan, type TargetGroupPlan, UnbuildableModel } from "./plan";
import type { PlanningOptions } from "./planning-options";
import { servicePort, targetGroupPort } from "./service-port";

const PROTOCOLS = ["HTTP", "HTTPS"] as const;

/** The target group of a backend of an Ingress: annotations of the Service outrank those of the Ingress. */
export function ingressTargetGroup(
  group: IngressGroup,
  { ingress, params }: ClassifiedIngress,
  backend: NonNullable<Ingress["spec"]["defaultBackend"]>,
  { cluster, services, defaultTargetType }: PlanningOptions,
): TargetGroupPlan {
  const { namespace = "", name } = ingress.metadata;
  const port = backend.service?.port?.number ?? backend.service?.port?.name;
  if (backend.service === undefined || port === undefined) {
    throw new UnbuildableModel(`ingress ${namespace}/${name}: missing backend service`);
  }
  const backing = backend.service.name;
  const service = services.find(({ metadata }) => metadata.namespace === namespace && metadata.name === backing);
  if (service === undefined) throw new UnbuildableModel(`ingress ${namespace}/${name}: service ${backing} not found`);
  const annotations = new Annotations(
    {
      ...ingress,
      metadata: {
        ...ingress.metadata,
        annotations: { ...ingress.metadata.annotations, ...service.metadata.annotations },
      },
    },
    INGRESS_ANNOTATIONS,
  );
  const targetType = params.targetType ?? annotations.text("target-type") ?? defaultTargetType;
  if (targetType !== "ip") throw new UnbuildableModel(onlyPods(targetType));
  const protocol = annotations.one("backend-protocol", PROTOCOLS) ?? "HTTP";
  const identity = [cluster, group.id, service.metadata.uid ?? "", String(port), targetType, protocol];
  const targetGroup: TargetGroupPlan = {
    name: loadBalancerName([namespace, backing], identity),
    resource: `${namespace}/${name}-${backing}:${port}`,
    protocol,
    port: targetGroupPort(servicePort(service, port)),
    healthCheck: healthCheck(annotations, protocol, service),
    attributes: annotations.pairs("target-group-attributes"),
    service: { namespace, name: backing, port },
  };
  return takenByElb(targetGroup, "application");
}

/** Nothing listens on the nodes of a sandbox, and Fargate has none: pods are the only targets. */
export function onlyPods(targetType: string): string {
  return `target type ${targetType} is not served by the sandbox: take ip, so that pods are targets themselves`;
}

function healthCheck(annotations: Annotations, protocol: "HTTP" | "HTTPS", service: Service): HealthCheckPlan {
  return {
    protocol: annotations.one("healthcheck-protocol", PROTOCOLS) ?? protocol,
    port: healthCheckPort(annotations.text("healthcheck-port"), service),
    path: annotations.text("healthcheck-path") ?? "/",
    codes: annotations.text("success-codes") ?? "200",
    interval: annotations.number("healthcheck-interval-seconds") ?? 15,
    timeout: annotations.number("healthcheck-timeout-seconds") ?? 5,
    healthyAfter: annotations.number("healthy-threshold-count") ?? 2,
    unhealthyAfter: annotations.number("unhealthy-threshold-count") ?? 2,
  };
}

/** A number as it is; else the number behind a port of the Service, which the pods must not have by name. */
function healthCheckPort(asked: string | undefined, service: Service): string {
  if (asked === undefined || asked === "traffic-port" || /^\d+$/.test(asked)) return asked ?? "traffic-port";
  const { targetPort, port } = servicePort(service, asked);
  if (typeof targetPort !== "string") return String(targetPort ?? port);
  throw new UnbuildableModel(`cannot use named healthCheckPort ${asked} when the service's targetPort is a named port`);
}
