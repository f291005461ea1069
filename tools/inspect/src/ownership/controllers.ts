import { annotation, type ClusterModel } from "../model/cluster-model";
import type { KubernetesObject } from "../model/objects";
import type { Resource } from "../model/stack";
import { block, part, records, text } from "../model/written";
import { CLOUD_PROVIDER, ingressClassOf } from "./classes";
import { hasRecord } from "./external-dns";
import type { Title } from "./things";

/** What a controller makes for an object of Kubernetes. */
export interface ForObject {
  readonly kind: string;
  /** Class of the object by which the controller knows that it is its own (classes.ts). @default any */
  readonly class?: string;
  /** @default every one */
  readonly when?: (object: KubernetesObject, cluster: ClusterModel) => boolean;
  readonly makes: readonly Title[];
}

/** What a service of AWS makes for a resource of a stack. */
export interface ForResource {
  readonly type: string;
  /** What the resource is called. */
  readonly noun: string;
  /** @default every one */
  readonly when?: (resource: Resource, cluster: ClusterModel | undefined) => boolean;
  readonly makes: readonly Title[];
}

export interface Controller {
  readonly name: string;
  /** Whether it acts in that cluster. @default everywhere */
  readonly runs?: (cluster: ClusterModel) => boolean;
  readonly objects?: readonly ForObject[];
  readonly resources?: readonly ForResource[];
}

/** An ALB with its listeners, and a target group for each backend. */
const ALB: readonly Title[] = [
  ...(["Load balancer", "Listener", "Listener rule"] as const),
  ...(["Target group", "Registration of targets"] as const),
];

/** An NLB with a listener and a target group for each port. */
const NLB = ALB.filter((title) => title !== "Listener rule");

/** A classic load balancer has no target groups, and a security group of its own. */
const CLASSIC: readonly Title[] = ["Load balancer", "Listener", "Registration of targets", "Security group"];

/** All that acts for somebody's objects and resources. */
export const CONTROLLERS: readonly Controller[] = [
  {
    // kubernetes-sigs.github.io/aws-load-balancer-controller/latest: guide/ingress/ingress_class, guide/service/nlb,
    // guide/targetgroupbinding/targetgroupbinding, deploy/security_groups; WAF: guide/ingress/annotations and ingress_class (wafv2AclArn,
    // which beats the annotation).
    name: "AWS Load Balancer Controller",
    runs: (cluster) => cluster.release("aws-load-balancer-controller") !== undefined,
    objects: [
      ...forIngress("ingress.k8s.aws/alb"),
      ...forService("service.k8s.aws/nlb"),
      { kind: "TargetGroupBinding", class: "elbv2.k8s.aws", makes: ["Registration of targets"] },
      { kind: "TargetGroupBinding", class: "elbv2.k8s.aws", when: opens, makes: ["Rule of a security group"] },
    ],
  },
  {
    // docs.aws.amazon.com/eks/latest/userguide: auto-configure-alb, auto-configure-nlb; TargetGroupBinding of eks.amazonaws.com/v1:
    // migrate-auto, auto-multi-cluster-target-groups.
    name: "EKS Auto Mode",
    runs: (cluster) => cluster.hasAutoMode("load balancing"),
    objects: [
      ...forIngress("eks.amazonaws.com/alb"),
      ...forService("eks.amazonaws.com/nlb"),
      { kind: "TargetGroupBinding", class: "eks.amazonaws.com", makes: ["Registration of targets"] },
    ],
  },
  {
    // docs.aws.amazon.com/eks/latest/userguide: create-node-pool, create-storage-class (provisioner ebs.csi.eks.amazonaws.com).
    name: "EKS Auto Mode",
    runs: (cluster) => cluster.hasAutoMode("compute"),
    objects: [
      { kind: "NodePool", makes: ["Number of nodes"] },
      { kind: "PersistentVolumeClaim", class: "ebs.csi.eks.amazonaws.com", makes: ["Volume"] },
      { kind: "StatefulSet", class: "ebs.csi.eks.amazonaws.com", makes: ["Volume"] },
    ],
  },
  {
    // The kubernetes-sigs.github.io/aws-ebs-csi-driver: dynamic provisioning.
    name: "EBS CSI driver",
    runs: (cluster) => cluster.addOn("aws-ebs-csi-driver") !== undefined,
    objects: [
      { kind: "PersistentVolumeClaim", class: "ebs.csi.aws.com", makes: ["Volume"] },
      { kind: "StatefulSet", class: "ebs.csi.aws.com", makes: ["Volume"] },
    ],
  },
  {
    // kubernetes-sigs.github.io/external-dns: docs/sources. Which sources and classes it reads stands in its release (external-dns.ts).
    name: "ExternalDNS",
    runs: (cluster) => cluster.release("external-dns") !== undefined,
    objects: ["Ingress", "Service", "IngressRoute", "DNSEndpoint"].map((kind) => ({
      kind,
      when: hasRecord,
      makes: ["DNS record"],
    })),
  },
  {
    // github.com/kubernetes/autoscaler, cluster-autoscaler/cloudprovider/aws: it sets the size of Auto Scaling groups that bear its tags.
    name: "Cluster Autoscaler",
    runs: (cluster) => cluster.release("cluster-autoscaler") !== undefined,
    resources: [{ type: "aws_eks_node_group", noun: "node group", when: isDiscovered, makes: ["Number of nodes"] }],
  },
  {
    // docs.aws.amazon.com/eks/latest/userguide: sec-group-reqs, control-plane-logs, managed-node-groups, fargate, automode; of the cloud
    // provider that is part of it, the page of the load balancer controller that loadBalancerClass names (classes.ts).
    name: "EKS",
    objects: [{ kind: "Service", class: CLOUD_PROVIDER, makes: CLASSIC }],
    resources: [
      { type: "aws_eks_cluster", noun: "cluster", makes: ["Cluster security group"] },
      { type: "aws_eks_cluster", noun: "cluster", when: keepsLogs, makes: ["Records of the control plane"] },
      { type: "aws_eks_cluster", noun: "cluster", when: lacksLogGroup, makes: ["Log group"] },
      { type: "aws_eks_node_group", noun: "node group", makes: ["Auto Scaling group"] },
      { type: "aws_eks_fargate_profile", noun: "Fargate profile", makes: ["Number of nodes"] },
    ],
  },
  {
    // docs.aws.amazon.com/eks/latest/userguide/set-builtin-node-pools.html
    name: "EKS Auto Mode",
    resources: [{ type: "aws_eks_cluster", noun: "cluster", when: hasNodePools, makes: ["Number of nodes"] }],
  },
  {
    // docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
    name: "RDS",
    resources: ["aws_db_instance", "aws_rds_cluster"].map((type) => ({
      ...{ type, noun: "database" },
      when: (database) => database.arguments["manage_master_user_password"] === true,
      makes: ["Database's master password"],
    })),
  },
];

/** What whichever controller takes an Ingress of that class makes for it. */
function forIngress(name: string): ForObject[] {
  const rule = { kind: "Ingress", class: name } as const;
  return [...forBalanced(rule, ALB), { ...rule, when: namesWebAcl, makes: ["WAF's association"] }];
}

/** The same of a Service. */
function forService(name: string): ForObject[] {
  return forBalanced({ kind: "Service", class: name }, NLB);
}

function forBalanced(rule: Pick<ForObject, "kind" | "class">, makes: readonly Title[]): ForObject[] {
  return [
    { ...rule, makes },
    { ...rule, when: namesNoGroup, makes: ["Security group"] },
    { ...rule, when: managesRules, makes: ["Rule of a security group"] },
  ];
}

/** An object that names security groups gets none made for it: they admit clients in its place. */
function namesNoGroup(object: KubernetesObject): boolean {
  const names = [
    "alb.ingress.kubernetes.io/security-groups",
    "service.beta.kubernetes.io/aws-load-balancer-security-groups",
  ];
  return names.every((name) => annotation(object, name) === undefined);
}

/** Rules that let the load balancer to the pods: always with a group of the controller's own, else where an annotation asks for them. */
function managesRules(object: KubernetesObject): boolean {
  const names = [
    "alb.ingress.kubernetes.io/manage-backend-security-group-rules",
    "service.beta.kubernetes.io/aws-load-balancer-manage-backend-security-group-rules",
  ];
  return namesNoGroup(object) || names.some((name) => annotation(object, name) === "true");
}

/** A binding with `networking` has its peers let to the pods; without, whoever owns the groups does that. */
function opens(binding: KubernetesObject): boolean {
  return binding.spec["networking"] !== undefined;
}

/** Annotation `wafv2-acl-arn`, or the class's parameter of that name: the controller looks at neither where its WAF support is off. */
function namesWebAcl(ingress: KubernetesObject, cluster: ClusterModel): boolean {
  if (cluster.release("aws-load-balancer-controller")?.values["enableWafv2"] === false) return false;
  const named = ingressClassOf(ingress, cluster);
  const parameters = part(named?.spec, "parameters")["name"];
  const params = named === undefined ? undefined : cluster.named("IngressClassParams", named, parameters);
  const { wafv2AclArn, wafv2AclName } = params?.spec ?? {};
  const acl = wafv2AclArn ?? wafv2AclName ?? annotation(ingress, "alb.ingress.kubernetes.io/wafv2-acl-arn");
  return acl !== undefined && acl !== "none";
}

/** By the tags of its Auto Scaling group, which a resource of its own sets on it. */
function isDiscovered(group: Resource, cluster: ClusterModel | undefined): boolean {
  const tags = cluster?.resources("aws_autoscaling_group_tag") ?? [];
  return tags.some(
    ({ arguments: { autoscaling_group_name, tag } }) =>
      text(autoscaling_group_name)?.includes(`aws_eks_node_group.${group.label}.`) === true &&
      records(tag).some(({ key }) => key === "k8s.io/cluster-autoscaler/enabled"),
  );
}

function keepsLogs({ arguments: { enabled_cluster_log_types } }: Resource): boolean {
  return Array.isArray(enabled_cluster_log_types) && enabled_cluster_log_types.length > 0;
}

/** EKS makes the group that nobody has made before it, unencrypted and for ever. */
function lacksLogGroup(control: Resource, cluster: ClusterModel | undefined): boolean {
  const name = cluster?.parts.known(control.stack, control.arguments["name"]) ?? "";
  const groups = cluster?.resources("aws_cloudwatch_log_group") ?? [];
  return (
    keepsLogs(control) &&
    !groups.some((group) => cluster?.parts.known(group.stack, group.arguments["name"]) === `/aws/eks/${name}/cluster`)
  );
}

function hasNodePools({ arguments: { compute_config } }: Resource): boolean {
  const { enabled, node_pools } = block(compute_config);
  return enabled === true && Array.isArray(node_pools) && node_pools.length > 0;
}
