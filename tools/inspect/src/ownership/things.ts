/** Groups of rows, in their order. */
export const GROUPS = [
  ...["Account", "Network", "Names", "Load balancing", "API"],
  ...["Cluster", "Installed in the cluster", "In the cluster", "Apps", "Data", "Others"],
];

/** A row of the ownership table: a kind of thing that somebody makes. */
export interface Thing {
  /** One of `GROUPS`. */
  readonly group: string;
  readonly title: string;
  /** Types of the resources that make it. */
  readonly resources?: readonly string[];
  /** Kinds of the objects of Kubernetes that are it. */
  readonly kinds?: readonly string[];
}

/**
 * All things with a name, in the order of the rows. One that neither a resource nor an object makes is a controller's, or EKS's
 * (controllers.ts). What has no name here is a row all the same, under its type.
 */
export const THINGS = [
  { group: "Account", title: "IAM policy", resources: ["aws_iam_policy"] },
  { group: "Account", title: "IAM role", resources: ["aws_iam_role"] },
  { group: "Account", title: "Encryption key", resources: ["aws_kms_key"] },
  { group: "Account", title: "API Gateway's role for logs", resources: ["aws_api_gateway_account"] },

  { group: "Network", title: "VPC", resources: ["aws_vpc"] },
  { group: "Network", title: "Subnet", resources: ["aws_subnet"] },
  { group: "Network", title: "Route table", resources: ["aws_route_table"] },
  { group: "Network", title: "NAT gateway", resources: ["aws_nat_gateway"] },
  { group: "Network", title: "VPC endpoint", resources: ["aws_vpc_endpoint"] },
  { group: "Network", title: "Security group", resources: ["aws_security_group"] },
  {
    group: "Network",
    title: "Rule of a security group",
    resources: [
      ...["aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"],
      ...["aws_security_group_rule"],
    ],
  },
  { group: "Network", title: "Flow log", resources: ["aws_flow_log"] },

  { group: "Names", title: "Hosted zone", resources: ["aws_route53_zone"] },
  { group: "Names", title: "Certificate", resources: ["aws_acm_certificate"] },
  { group: "Names", title: "DNS record", resources: ["aws_route53_record"] },

  { group: "Load balancing", title: "Load balancer", resources: ["aws_lb"] },
  { group: "Load balancing", title: "Listener", resources: ["aws_lb_listener"] },
  { group: "Load balancing", title: "Listener rule", resources: ["aws_lb_listener_rule"] },
  { group: "Load balancing", title: "Target group", resources: ["aws_lb_target_group"] },
  { group: "Load balancing", title: "Registration of targets", resources: ["aws_lb_target_group_attachment"] },
  { group: "Load balancing", title: "WAF", resources: ["aws_wafv2_web_acl"] },
  { group: "Load balancing", title: "WAF's association", resources: ["aws_wafv2_web_acl_association"] },

  { group: "API", title: "REST API", resources: ["aws_api_gateway_rest_api"] },
  { group: "API", title: "VPC link", resources: ["aws_api_gateway_vpc_link", "aws_apigatewayv2_vpc_link"] },
  { group: "API", title: "Stage of an API", resources: ["aws_api_gateway_stage"] },
  { group: "API", title: "Usage plan", resources: ["aws_api_gateway_usage_plan"] },
  { group: "API", title: "API key", resources: ["aws_api_gateway_api_key"] },
  { group: "API", title: "Domain name of an API", resources: ["aws_api_gateway_domain_name"] },

  { group: "Cluster", title: "Cluster", resources: ["aws_eks_cluster"] },
  { group: "Cluster", title: "Cluster security group" },
  { group: "Cluster", title: "Records of the control plane" },
  { group: "Cluster", title: "Access entry", resources: ["aws_eks_access_entry"] },
  { group: "Cluster", title: "OIDC provider", resources: ["aws_iam_openid_connect_provider"] },
  { group: "Cluster", title: "Node group", resources: ["aws_eks_node_group"] },
  { group: "Cluster", title: "Auto Scaling group", resources: ["aws_autoscaling_group"] },
  { group: "Cluster", title: "Number of nodes" },
  { group: "Cluster", title: "Fargate profile", resources: ["aws_eks_fargate_profile"] },
  { group: "Cluster", title: "Node pool", kinds: ["NodePool", "NodeClass", "EC2NodeClass"] },
  { group: "Cluster", title: "Bastion", resources: ["aws_instance"] },

  { group: "In the cluster", title: "Namespace", kinds: ["Namespace"] },
  { group: "In the cluster", title: "Quota", kinds: ["ResourceQuota", "LimitRange"] },
  { group: "In the cluster", title: "Rights", kinds: ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"] },
  {
    group: "In the cluster",
    title: "Admission policy",
    kinds: [
      ...["ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding"],
      ...["MutatingAdmissionPolicy", "MutatingAdmissionPolicyBinding"],
    ],
  },
  { group: "In the cluster", title: "Custom resource", kinds: ["CustomResourceDefinition"] },
  { group: "In the cluster", title: "Ingress class", kinds: ["IngressClass", "IngressClassParams"] },
  { group: "In the cluster", title: "Storage class", kinds: ["StorageClass"] },
  { group: "In the cluster", title: "Network policy", kinds: ["NetworkPolicy"] },
  { group: "In the cluster", title: "Security groups of pods", kinds: ["SecurityGroupPolicy"] },

  {
    group: "Apps",
    title: "Workload",
    kinds: ["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Pod", "Job", "CronJob"],
  },
  { group: "Apps", title: "Autoscaler of pods", kinds: ["HorizontalPodAutoscaler"] },
  { group: "Apps", title: "Disruption budget", kinds: ["PodDisruptionBudget"] },
  { group: "Apps", title: "Service account", kinds: ["ServiceAccount"] },
  { group: "Apps", title: "Configuration", kinds: ["ConfigMap", "Secret"] },
  { group: "Apps", title: "Service", kinds: ["Service"] },
  { group: "Apps", title: "Ingress", kinds: ["Ingress"] },
  { group: "Apps", title: "IngressRoute", kinds: ["IngressRoute"] },
  { group: "Apps", title: "TargetGroupBinding", kinds: ["TargetGroupBinding"] },
  { group: "Apps", title: "Claim of a volume", kinds: ["PersistentVolumeClaim"] },
  { group: "Apps", title: "Volume", kinds: ["PersistentVolume"], resources: ["aws_ebs_volume"] },

  { group: "Data", title: "Database", resources: ["aws_db_instance", "aws_rds_cluster"] },
  { group: "Data", title: "Database's master password" },
  { group: "Data", title: "Queue", resources: ["aws_sqs_queue"] },
  { group: "Data", title: "Topic", resources: ["aws_sns_topic"] },
  { group: "Data", title: "Table", resources: ["aws_dynamodb_table"] },
  { group: "Data", title: "Bucket", resources: ["aws_s3_bucket"] },
  { group: "Data", title: "Secret", resources: ["aws_secretsmanager_secret"] },
  { group: "Data", title: "Log group", resources: ["aws_cloudwatch_log_group"] },
] as const satisfies readonly Thing[];

export type Title = (typeof THINGS)[number]["title"];

/** What a table says of a thing. */
export type Named = Pick<Thing, "group" | "title">;

/** What is a part of the thing beside it, which has the row: routes of a table, policies of a role, settings of a bucket. */
const PARTS = [
  /^aws_(internet_gateway|route|main_route_table_association|route_table_association|eip|default_\w+)$/,
  /^aws_iam_(role_policy|role_policy_attachment|policy_attachment|instance_profile)$/,
  /^aws_(kms|s3_bucket|sqs_queue|sns_topic|secretsmanager_secret)_\w+$/,
  /^aws_cloudwatch_log_(stream|resource_policy|subscription_filter|metric_filter)$/,
  /^aws_acm_certificate_validation$/,
  /^aws_(autoscaling_group_tag|launch_template|eks_access_policy_association|eks_pod_identity_association)$/,
  /^aws_(db|rds_cluster)_(parameter_group|option_group|subnet_group)$/,
  /^aws_lb_listener_certificate$/,
  /^aws_wafv2_(web_acl_logging_configuration|ip_set|regex_pattern_set|rule_group)$/,
  /^aws_api_gateway_(deployment|method|method_\w+|integration|integration_\w+|resource|model|usage_plan_key|base_path_mapping|rest_api_policy|gateway_response|request_validator)$/,
];

/** What proves that a certificate's domain is one's own is part of the certificate: such a record refers to it. */
export const PART_BY_REFERENCE: Readonly<Record<string, string>> = { aws_route53_record: "aws_acm_certificate" };

/** The row of a resource. @returns undefined for a part of something, and for what is a row by what is in it: objects and charts */
export function thingOf(type: string): Named | undefined {
  const named = find(({ resources }) => resources?.includes(type) ?? false);
  if (named !== undefined) return named;
  const isElsewhere =
    /^(kubernetes_|helm_release$|aws_eks_addon$)/.test(type) || PARTS.some((parts) => parts.test(type));
  return isElsewhere ? undefined : { group: "Others", title: type };
}

/** The row of an object of Kubernetes. */
export function thingOfKind(kind: string): Named {
  return find(({ kinds }) => kinds?.includes(kind) ?? false) ?? { group: "Others", title: kind };
}

/** Such as of "Load balancer". */
export function thingNamed(title: Title): Named {
  return find((thing) => thing.title === title) ?? { group: "Others", title };
}

function find(is: (thing: Thing) => boolean): Thing | undefined {
  return THINGS.find(is);
}
