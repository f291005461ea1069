import type { Environment } from "@demarc/shared/environment";
import type { JsonObject } from "@demarc/shared/workspace";
import { INGRESS_CLASS } from "../ingress";
import { TEAM_LABEL } from "../team-label";
import { charts } from "../versions";
import { type Addon, type AddonContext, controllerResources } from "./addon";
import { loadBalancerPermissions } from "./load-balancer-permissions";

/** TLS 1.3, and 1.2 with forward secrecy: the policy that AWS recommends for HTTPS listeners. */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/** Makes one ALB for the Ingresses of all teams. */
export const awsLoadBalancerController: Addon<"managed-nodes" | "fargate"> = {
  name: "aws-load-balancer-controller",
  chart: charts.awsLoadBalancerController,
  image: "public.ecr.aws/eks/aws-load-balancer-controller",
  namespace: "kube-system",
  runsOn: ["managed-nodes", "fargate"],
  notOn: { "auto-mode": "EKS Auto Mode has it built in (eks.amazonaws.com/alb and /nlb)" },
  permissions: loadBalancerPermissions,
  values: (context, { serviceAccount, image }) => ({
    image: { repository: image },
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
    // WAF and Shield are attached outside of it: else it takes off what it did not attach itself (S0.2).
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
    disableIngressClassAnnotation: true,
    disableIngressGroupNameAnnotation: true,
    ...ingressClass(context),
  }),
};

/** The platform's part of every Ingress. An app's annotation cannot override what stands here. */
function ingressClass({ environment, cluster, dns }: AddonContext): JsonObject {
  const scheme = schemeOf(environment);
  if (scheme === undefined) return { createIngressClassResource: false, ingressClassParams: { create: false } };
  return {
    ingressClass: INGRESS_CLASS,
    createIngressClassResource: true,
    ingressClassConfig: { default: true },
    ingressClassParams: {
      create: true,
      name: INGRESS_CLASS,
      spec: {
        namespaceSelector: { matchExpressions: [{ key: TEAM_LABEL, operator: "Exists" }] },
        group: { name: cluster.name },
        scheme,
        targetType: "ip",
        certificateArn: [dns.certificateArn],
        sslPolicy: TLS_POLICY,
        sslRedirectPort: "443",
        // Header names that no standard allows are what request smuggling is made of.
        loadBalancerAttributes: [{ key: "routing.http.drop_invalid_header_fields.enabled", value: "true" }],
      },
    },
  };
}

function schemeOf({ exposures }: Environment): "internet-facing" | "internal" | undefined {
  return exposures.find((exposure) => exposure.kind === "alb-ingress")?.scheme;
}
