import { hasIngressWebAcl } from "@demarc/shared/exposure";
import { charts } from "../versions";
import { type AddOn, controllerResources } from "./addon";
import { loadBalancerPermissions } from "./load-balancer-permissions";

/** Makes an ALB for the Ingresses of each team, by the ingress classes that the tenancy stack makes. */
export const awsLoadBalancerController: AddOn<"managed-nodes" | "fargate"> = {
  name: "aws-load-balancer-controller",
  chart: charts.awsLoadBalancerController,
  image: "public.ecr.aws/eks/aws-load-balancer-controller",
  namespace: "kube-system",
  runsAs: "controller",
  runsOn: ["managed-nodes", "fargate"],
  notOn: { "auto-mode": "EKS Auto Mode has it built in (eks.amazonaws.com/alb and /nlb)" },
  permissions: loadBalancerPermissions,
  values: (context, { serviceAccount, image, priorityClassName }) => ({
    image: { repository: image },
    priorityClassName,
    serviceAccount: { create: true, ...serviceAccount },
    clusterName: context.cluster.name,
    // Without them it asks the node's metadata: not there on Fargate, and out of a pod's reach on our nodes.
    region: context.environment.region,
    vpcId: context.network.vpcId,
    replicaCount: 2,
    podDisruptionBudget: { maxUnavailable: 1 },
    resources: controllerResources("100m", "256Mi"),
    defaultTargetType: "ip",
    defaultTags: context.tags,
    // Once it has its certificate, an upgrade does not change it under the webhooks.
    keepTLSSecret: true,
    // Its webhook is asked for every Service of the cluster, and would fail them all while the controller is away.
    enableServiceMutatorWebhook: false,
    // A pod that comes up without its gate is ready before the load balancer knows it (decisions/0023). A Job's pods need no gate.
    podMutatorWebhookConfig: { failurePolicy: "Fail" },
    objectSelector: { matchExpressions: [{ key: "batch.kubernetes.io/job-name", operator: "DoesNotExist" }] },
    // What a class does not name is attached outside of it: else it takes off what it did not attach itself (S0.2).
    enableShield: false,
    enableWaf: false,
    enableWafv2: hasIngressWebAcl(context.environment.exposures),
    disableIngressClassAnnotation: true,
    disableIngressGroupNameAnnotation: true,
    // Each team has a class of its own (tenancy/ingress-classes.ts), none is the default.
    createIngressClassResource: false,
    ingressClassParams: { create: false },
  }),
};
