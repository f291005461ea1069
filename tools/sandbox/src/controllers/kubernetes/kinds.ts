import type { DeploymentSpec, DeploymentStatus } from "kubernetes-types/apps/v1";
import type {
  NodeSpec,
  NodeStatus,
  PodSpec,
  PodStatus,
  ResourceRequirements,
  ServiceSpec,
  ServiceStatus,
} from "kubernetes-types/core/v1";
import type { EndpointConditions, EndpointSlice as Slice } from "kubernetes-types/discovery/v1";
import type { IngressClassSpec, IngressSpec, IngressStatus } from "kubernetes-types/networking/v1";
import type { KubernetesObject, ResourceKind } from "./object";

export type { Container } from "kubernetes-types/core/v1";

export interface Pod extends KubernetesObject {
  /** Resources of the pod as a whole are newer than these types. */
  readonly spec: PodSpec & { readonly resources?: ResourceRequirements };
  readonly status?: PodStatus;
}

export interface Node extends KubernetesObject {
  readonly spec: NodeSpec;
  readonly status?: NodeStatus;
}

export interface Service extends KubernetesObject {
  readonly spec: ServiceSpec;
  readonly status?: ServiceStatus;
}

export interface Deployment extends KubernetesObject {
  readonly spec: DeploymentSpec;
  readonly status?: DeploymentStatus;
}

export interface Ingress extends KubernetesObject {
  readonly spec: IngressSpec;
  readonly status?: IngressStatus;
}

export interface IngressClass extends KubernetesObject {
  readonly spec: IngressClassSpec;
}

export interface ConfigMap extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

export interface EndpointSlice extends KubernetesObject {
  readonly addressType: Slice["addressType"];
  /** Null, as `ports`, while no pod of the service has an address. */
  readonly endpoints?:
    | readonly {
        readonly addresses: readonly string[];
        readonly conditions?: EndpointConditions;
        readonly targetRef?: { readonly kind?: string; readonly name?: string; readonly namespace?: string };
        readonly zone?: string;
      }[]
    | null;
  readonly ports?: Slice["ports"] | null;
}

function kindOf<T extends KubernetesObject>(
  apiVersion: string,
  kind: string,
  plural: string,
  scope: "namespaced" | "cluster",
): ResourceKind<T> {
  return { apiVersion, kind, plural, namespaced: scope === "namespaced" };
}

/** Kinds that more than one place reads or writes. One that only one does stands beside it. */
export const kinds = {
  pods: kindOf<Pod>("v1", "Pod", "pods", "namespaced"),
  nodes: kindOf<Node>("v1", "Node", "nodes", "cluster"),
  services: kindOf<Service>("v1", "Service", "services", "namespaced"),
  namespaces: kindOf("v1", "Namespace", "namespaces", "cluster"),
  serviceAccounts: kindOf("v1", "ServiceAccount", "serviceaccounts", "namespaced"),
  events: kindOf("v1", "Event", "events", "namespaced"),
  endpointSlices: kindOf<EndpointSlice>("discovery.k8s.io/v1", "EndpointSlice", "endpointslices", "namespaced"),
  configMaps: kindOf<ConfigMap>("v1", "ConfigMap", "configmaps", "namespaced"),
  daemonSets: kindOf("apps/v1", "DaemonSet", "daemonsets", "namespaced"),
  networkPolicies: kindOf("networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", "namespaced"),
  deployments: kindOf<Deployment>("apps/v1", "Deployment", "deployments", "namespaced"),
  ingresses: kindOf<Ingress>("networking.k8s.io/v1", "Ingress", "ingresses", "namespaced"),
  ingressClasses: kindOf<IngressClass>("networking.k8s.io/v1", "IngressClass", "ingressclasses", "cluster"),
} as const;
