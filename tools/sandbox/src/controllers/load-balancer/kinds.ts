import type { KubernetesObject, ResourceKind } from "../kubernetes/object";
import type { Selector } from "../kubernetes/selector";

interface Pair {
  readonly key: string;
  readonly value: string;
}

/** The part of all Ingresses of a class that whoever owns the class decides: it outranks the Ingress's own annotations. */
export interface IngressClassParams extends KubernetesObject {
  readonly spec?: {
    readonly group?: { readonly name: string };
    readonly scheme?: "internal" | "internet-facing";
    readonly targetType?: "instance" | "ip";
    readonly loadBalancerName?: string;
    readonly certificateArn?: readonly string[];
    /** Auto Mode's name of certificateArn. */
    readonly certificateARNs?: readonly string[];
    readonly sslPolicy?: string;
    readonly sslRedirectPort?: string;
    readonly inboundCIDRs?: readonly string[];
    readonly subnets?: {
      readonly ids?: readonly string[];
      readonly tags?: Readonly<Record<string, readonly string[]>>;
    };
    /** Or `none`. */
    readonly wafv2AclArn?: string;
    readonly loadBalancerAttributes?: readonly Pair[];
    readonly tags?: readonly Pair[];
    readonly namespaceSelector?: Selector;
  };
}

/** Whom a target group's targets may be reached from. */
export interface BindingPeer {
  readonly from: readonly {
    readonly securityGroup?: { readonly groupID: string };
    readonly ipBlock?: { readonly cidr: string };
  }[];
  /** @default all ports of TCP */
  readonly ports: readonly { readonly port?: number | string; readonly protocol?: "TCP" | "UDP" }[];
}

/** Has the pods of a service registered as a target group's targets. */
export interface TargetGroupBinding extends KubernetesObject {
  readonly spec: {
    readonly targetGroupARN?: string;
    readonly targetGroupName?: string;
    readonly targetType?: "instance" | "ip";
    readonly serviceRef: { readonly name: string; readonly port: number | string };
    readonly networking?: { readonly ingress?: readonly BindingPeer[] };
  };
  readonly status?: { readonly observedGeneration?: number };
}

/** What differs between the controller that a platform installs and the one that EKS Auto Mode has built in. */
export interface Flavor {
  /** Whom its Events are from. */
  readonly source: string;
  /** `spec.controller` of the ingress classes that it serves. */
  readonly ingressController: string;
  /** `spec.loadBalancerClass` of the Services that it serves. */
  readonly loadBalancerClass: string;
  readonly params: ResourceKind<IngressClassParams>;
  readonly bindings: ResourceKind<TargetGroupBinding>;
  /** Tag with the cluster's name on whatever it makes. */
  readonly clusterTag: string;
  /** What the tags and finalizers of Ingresses, Services and bindings begin with. */
  readonly ingressPrefix: string;
  readonly servicePrefix: string;
  readonly bindingPrefix: string;
  /** Tag of the security group that all load balancers of a cluster share. */
  readonly backendTag: string;
}

function flavor(group: string, version: string, names: Omit<Flavor, "params" | "bindings">): Flavor {
  const apiVersion = `${group}/${version}`;
  return {
    ...names,
    params: { apiVersion, kind: "IngressClassParams", plural: "ingressclassparams", namespaced: false },
    bindings: { apiVersion, kind: "TargetGroupBinding", plural: "targetgroupbindings", namespaced: true },
  };
}

/** https://kubernetes-sigs.github.io/aws-load-balancer-controller */
export const INSTALLED = flavor("elbv2.k8s.aws", "v1beta1", {
  source: "aws-load-balancer-controller",
  ingressController: "ingress.k8s.aws/alb",
  loadBalancerClass: "service.k8s.aws/nlb",
  clusterTag: "elbv2.k8s.aws/cluster",
  ingressPrefix: "ingress.k8s.aws",
  servicePrefix: "service.k8s.aws",
  bindingPrefix: "elbv2.k8s.aws",
  backendTag: "elbv2.k8s.aws/resource",
});

/** https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html */
export const BUILT_IN = flavor("eks.amazonaws.com", "v1", {
  source: "eks-auto-mode",
  ingressController: "eks.amazonaws.com/alb",
  loadBalancerClass: "eks.amazonaws.com/nlb",
  clusterTag: "eks:eks-cluster-name",
  ingressPrefix: "ingress.eks.amazonaws.com",
  servicePrefix: "service.eks.amazonaws.com",
  bindingPrefix: "eks.amazonaws.com",
  // AWS tells it nowhere: it is one of those that AmazonEKSLoadBalancingPolicy lets the cluster's role write.
  backendTag: "service.eks.amazonaws.com/resource",
});
