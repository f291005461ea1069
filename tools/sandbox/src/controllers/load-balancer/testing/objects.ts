import type { EndpointSlice, Ingress, IngressClass, Service } from "../../kubernetes/kinds";
import type { IngressObjects } from "../ingress-group";
import type { PlanningOptions } from "../planning-options";
import { INSTALLED, type IngressClassParams } from "../kinds";

/** An Ingress of class "alb" for its own host, with one path to the Service of its name. */
export function ingress(
  name: string,
  more: {
    readonly annotations?: Readonly<Record<string, string>>;
    readonly finalizers?: readonly string[];
    readonly deletionTimestamp?: string;
    readonly spec?: Partial<Ingress["spec"]>;
  } = {},
): Ingress {
  const { spec, annotations = {}, ...metadata } = more;
  const prefixed = Object.entries(annotations).map(([key, value]): [string, string] => [
    `alb.ingress.kubernetes.io/${key}`,
    value,
  ]);
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { name, namespace: "shop", annotations: Object.fromEntries(prefixed), ...metadata },
    spec: {
      ingressClassName: "alb",
      rules: [{ host: `${name}.example.com`, http: { paths: [path("/", "Prefix", name)] } }],
      ...spec,
    },
  };
}

export function path(value: string, pathType: string, service: string, port: number | string = "http") {
  const named = typeof port === "number" ? { number: port } : { name: port };
  return { path: value, pathType, backend: { service: { name: service, port: named } } };
}

export function service(name: string, spec: Partial<Service["spec"]> = {}): Service {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "shop", uid: `uid-of-${name}` },
    spec: { ports: [{ name: "http", port: 80, targetPort: "web" }], ...spec },
  };
}

const alb: IngressClass = {
  apiVersion: "networking.k8s.io/v1",
  kind: "IngressClass",
  metadata: { name: "alb" },
  spec: {
    controller: INSTALLED.ingressController,
    parameters: { apiGroup: "elbv2.k8s.aws", kind: "IngressClassParams", name: "alb" },
  },
};

/** All that decides about Ingresses: class "alb" with these parameters, and a namespace with label team=shop. */
export function objects(
  ingresses: readonly Ingress[],
  spec: NonNullable<IngressClassParams["spec"]> = {},
): IngressObjects {
  return {
    ingresses,
    classes: [alb],
    params: [{ apiVersion: INSTALLED.params.apiVersion, kind: "IngressClassParams", metadata: { name: "alb" }, spec }],
    namespaces: [{ apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels: { team: "shop" } } }],
  };
}

export function planning(...services: readonly Service[]): PlanningOptions {
  return { cluster: "dev-a", services, defaultTags: {}, defaultTargetType: "ip", defaultScheme: "internal" };
}

/** A slice of the Service "petstore" with a port 8080. */
export function slice(
  endpoints: NonNullable<EndpointSlice["endpoints"]> | null,
  more: Partial<EndpointSlice> = {},
): EndpointSlice {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { name: "petstore-1", namespace: "shop", labels: { "kubernetes.io/service-name": "petstore" } },
    addressType: "IPv4",
    endpoints,
    ports: [{ name: "http", port: 8080 }],
    ...more,
  };
}
