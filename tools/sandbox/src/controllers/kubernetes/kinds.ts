import type {
  V1Container,
  V1DeploymentSpec,
  V1DeploymentStatus,
  V1EndpointConditions,
  V1EndpointSlice,
  V1IngressClassSpec,
  V1IngressSpec,
  V1IngressStatus,
  V1NodeSpec,
  V1NodeStatus,
  V1PodSpec,
  V1PodStatus,
  V1ServiceSpec,
  V1ServiceStatus,
} from "@kubernetes/client-node";
import type { KubernetesObject, ResourceKind } from "./object";

/** A type of the official client as JSON has it: plain objects, times as RFC 3339 text. */
type Json<T> = T extends Date
  ? string
  : T extends (infer Item)[]
    ? Json<Item>[]
    : T extends object
      ? { [Field in keyof T]: Json<T[Field]> }
      : T;

export type Container = Json<V1Container>;

export interface Pod extends KubernetesObject {
  readonly spec: Json<V1PodSpec>;
  readonly status?: Json<V1PodStatus>;
}

export interface Node extends KubernetesObject {
  readonly spec: Json<V1NodeSpec>;
  readonly status?: Json<V1NodeStatus>;
}

export interface Service extends KubernetesObject {
  readonly spec: Json<V1ServiceSpec>;
  readonly status?: Json<V1ServiceStatus>;
}

export interface Deployment extends KubernetesObject {
  readonly spec: Json<V1DeploymentSpec>;
  readonly status?: Json<V1DeploymentStatus>;
}

export interface Ingress extends KubernetesObject {
  readonly spec: Json<V1IngressSpec>;
  readonly status?: Json<V1IngressStatus>;
}

export interface IngressClass extends KubernetesObject {
  readonly spec: Json<V1IngressClassSpec>;
}

export interface EndpointSlice extends KubernetesObject {
  readonly addressType: V1EndpointSlice["addressType"];
  readonly endpoints?: readonly {
    readonly addresses: readonly string[];
    readonly conditions?: Json<V1EndpointConditions>;
    readonly targetRef?: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
    readonly zone?: string;
  }[];
  readonly ports?: Json<V1EndpointSlice>["ports"];
}

function kindOf<T extends KubernetesObject>(
  apiVersion: string,
  kind: string,
  plural: string,
  scope: "namespaced" | "cluster",
): ResourceKind<T> {
  return { apiVersion, kind, plural, namespaced: scope === "namespaced" };
}

/** Kinds that more than one controller reads. One that only one reads stands beside it. */
export const kinds = {
  pods: kindOf<Pod>("v1", "Pod", "pods", "namespaced"),
  nodes: kindOf<Node>("v1", "Node", "nodes", "cluster"),
  services: kindOf<Service>("v1", "Service", "services", "namespaced"),
  namespaces: kindOf("v1", "Namespace", "namespaces", "cluster"),
  serviceAccounts: kindOf("v1", "ServiceAccount", "serviceaccounts", "namespaced"),
  events: kindOf("v1", "Event", "events", "namespaced"),
  endpointSlices: kindOf<EndpointSlice>("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", "namespaced"),
  deployments: kindOf<Deployment>("apps/v1", "Deployment", "deployments", "namespaced"),
  ingresses: kindOf<Ingress>("networking.k8s.io/v1", "Ingress", "ingresses", "namespaced"),
  ingressClasses: kindOf<IngressClass>("networking.k8s.io/v1", "IngressClass", "ingressclasses", "cluster"),
} as const;
