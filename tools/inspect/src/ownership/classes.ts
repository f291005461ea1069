import { annotation, type ClusterModel } from "../model/cluster-model";
import type { KubernetesObject } from "../model/objects";
import { part, records, text } from "../model/written";

/** Who takes an object that names nobody: the controller that is part of EKS. */
export const CLOUD_PROVIDER = "cloud provider";

/** Tells which controller an object is for. @returns undefined where it is for none, or the text does not tell */
type ClassOf = (object: KubernetesObject, cluster: ClusterModel) => string | undefined;

/** Kinds of objects that a controller takes up by a class, and how they say which. */
const CLASSES: Readonly<Record<string, ClassOf>> = {
  Ingress: ingressController,
  Service: loadBalancerClass,
  TargetGroupBinding: ({ group }) => group,
  PersistentVolumeClaim: (claim, cluster) => provisioner(claim.spec["storageClassName"], claim, cluster),
  StatefulSet: (set, cluster) =>
    records(set.spec["volumeClaimTemplates"])
      .map((claim) => provisioner(part(claim, "spec")["storageClassName"], set, cluster))
      .find((each) => each !== undefined),
};

/** The class of an object. @returns undefined where it has none: no controller takes it by one */
export function classOf(object: KubernetesObject, cluster: ClusterModel): string | undefined {
  return CLASSES[object.kind]?.(object, cluster);
}

/** Whether an object does nothing unless a controller takes it. */
export function needsController({ kind, spec }: KubernetesObject): boolean {
  return kind === "Ingress" || kind === "TargetGroupBinding" || (kind === "Service" && spec["type"] === "LoadBalancer");
}

/** The class that an Ingress is of, as it or the cluster's default says. */
export function ingressClassOf(ingress: KubernetesObject, cluster: ClusterModel): KubernetesObject | undefined {
  return namedOrDefault("IngressClass", ingress, ingress.spec["ingressClassName"], cluster);
}

function ingressController(ingress: KubernetesObject, cluster: ClusterModel): string | undefined {
  const named = ingressClassOf(ingress, cluster);
  if (named !== undefined) return text(named.spec["controller"]);
  // The chart makes a class unless it is told not to: values createIngressClassResource and ingressClass of chart 3.5.0.
  const { createIngressClassResource = true, ingressClass = "alb" } =
    cluster.release("aws-load-balancer-controller")?.values ?? {};
  const name = cluster.parts.known(ingress.stack, ingress.spec["ingressClassName"]);
  return createIngressClassResource === true && name === ingressClass ? "ingress.k8s.aws/alb" : undefined;
}

/**
 * A Service of type LoadBalancer that names no class: Auto Mode's where that balances the load, as EKS sets it as the default
 * (docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html); the load balancer controller's by an annotation or its webhook,
 * which the chart's value enableServiceMutatorWebhook switches; else the cloud provider's
 * (kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/nlb, "Configuration").
 */
function loadBalancerClass(service: KubernetesObject, cluster: ClusterModel): string | undefined {
  const { type, loadBalancerClass } = service.spec;
  if (type !== "LoadBalancer") return undefined;
  if (loadBalancerClass !== undefined) return text(loadBalancerClass);
  if (cluster.hasAutoMode("load balancing")) return "eks.amazonaws.com/nlb";
  const kind = annotation(service, "service.beta.kubernetes.io/aws-load-balancer-type");
  const controller = cluster.release("aws-load-balancer-controller");
  const isMutated = controller !== undefined && controller.values["enableServiceMutatorWebhook"] !== false;
  return kind === "external" || kind === "nlb-ip" || isMutated ? "service.k8s.aws/nlb" : CLOUD_PROVIDER;
}

function provisioner(name: unknown, object: KubernetesObject, cluster: ClusterModel): string | undefined {
  const named = namedOrDefault("StorageClass", object, name, cluster);
  return text(named?.body["provisioner"]) ?? text(named?.body["storageProvisioner"]);
}

/** The class that an object names, or else the one that the cluster has as its default. */
function namedOrDefault(
  kind: "IngressClass" | "StorageClass",
  object: KubernetesObject,
  name: unknown,
  cluster: ClusterModel,
): KubernetesObject | undefined {
  if (name !== undefined) return cluster.named(kind, object, name);
  const mark = `${kind.toLowerCase()}.kubernetes.io/is-default-class`;
  return cluster.objects(kind).find((each) => annotation(each, mark) === "true");
}
