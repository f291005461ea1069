/** Arguments of a resource that AWS can only change by replacing it. */
type Fixed = Readonly<Record<string, unknown>>;

/** Pods are bound to a target group by its ARN. */
const targetGroup: Fixed = { port: 80, protocol: "HTTP", target_type: "ip" };

/**
 * What of the fixtures of `dev` must never be replaced, by stack and address, with the arguments that force a replacement in the AWS
 * provider 5.100.0 (`ForceNew` in its source). Whoever changes a construct's id writes a `moved` into the stack, and the new address
 * here; whoever changes an argument plans a migration.
 */
export const neverReplaced: Readonly<Record<string, Readonly<Record<string, Fixed>>>> = {
  "account-123456789012-ap-northeast-1": {
    "aws_kms_key.states_key_FDB9EA69": {},
    "aws_kms_alias.states_key_alias_DB5D6E8A": { name: "alias/demarc-state" },
    "aws_s3_bucket.states_bucket_A3E9FD14": { bucket: "demarc-state-123456789012-ap-northeast-1" },
  },
  "dev-a-cluster": {
    "aws_kms_key.control-plane_secrets-key_E50077F0": {},
    "aws_kms_alias.control-plane_secrets-key_alias_9BEA1C35": { name: "alias/demarc-secrets-dev-a" },
    "aws_cloudwatch_log_group.logs_control-plane_group_92AF85CF": { name: "/aws/eks/dev-a/cluster" },
    "aws_cloudwatch_log_group.logs_pods_group_386847CD": { name: "/demarc/dev-a/pods" },
    "aws_eks_cluster.control-plane_cluster_47C848BD": {
      name: "dev-a",
      role_arn: "${aws_iam_role.control-plane_role_C417D7F5.arn}",
      encryption_config: {
        provider: { key_arn: "${aws_kms_key.control-plane_secrets-key_E50077F0.arn}" },
        resources: ["secrets"],
      },
      bootstrap_self_managed_addons: false,
    },
    "aws_iam_openid_connect_provider.oidc_provider_F68E095F": {
      url: "${aws_eks_cluster.control-plane_cluster_47C848BD.identity[0].oidc[0].issuer}",
    },
  },
  "dev-access-logs": {
    "aws_s3_bucket.logs_bucket_5A22438C": { bucket: "dev-access-logs-123456789012-ap-northeast-1" },
  },
  "dev-data": {
    "aws_db_instance.database_instance_D7FC2283": {
      db_name: "apps",
      engine: "postgres",
      kms_key_id: "${data.terraform_remote_state.infra-keys-v1.outputs.keys_v1.databaseKeyArn}",
      storage_encrypted: true,
      username: "administrator",
    },
    "aws_kms_key.queue_key_9CF19E08": {},
    "aws_sqs_queue.queue_140BE0E7": { name: "dev-apps" },
    "aws_sqs_queue.queue_dead-letters_2382CF29": { name: "dev-apps-dead-letters" },
    "aws_cloudwatch_log_group.database_monitoring_postgresql_group_13F564FC": {
      name: "/aws/rds/instance/dev-apps/postgresql",
    },
    "aws_cloudwatch_log_group.database_monitoring_upgrade_group_E35801B7": {
      name: "/aws/rds/instance/dev-apps/upgrade",
    },
    "aws_security_group.database_security-group_BF0DE645": {
      name: "dev-database",
      description: "PostgreSQL; each cluster adds a rule for its nodes",
    },
    "aws_db_subnet_group.database_subnets_53A37123": { name: "dev-apps" },
  },
  "dev-dns": {
    "aws_route53_zone.zone_6E295601": { name: "dev.example.com" },
  },
  "dev-edge": {
    "aws_cloudwatch_log_group.web-acl-log_log-group_15BF2715": { name: "aws-waf-logs-dev-edge" },
    "aws_lb.load-balancer_994F87EC": { name: "dev-edge", internal: false, load_balancer_type: "application" },
    "aws_lb_target_group.host-pets_cluster-a_E144B247": { name: "dev-a-pets-995c32c7", ...targetGroup },
    "aws_lb_target_group.host-pets_cluster-b_075E0315": { name: "dev-b-pets-995c32c7", ...targetGroup },
    "aws_lb_target_group.host-petstore_cluster-a_B41779BA": { name: "dev-a-petstore-d8a0ef50", ...targetGroup },
    "aws_lb_target_group.host-petstore_cluster-b_C197DEBE": { name: "dev-b-petstore-d8a0ef50", ...targetGroup },
    "aws_lb_target_group.host-storefront_cluster-a_175599A6": { name: "dev-a-storefront-23be40e7", ...targetGroup },
    "aws_lb_target_group.host-storefront_cluster-b_81B007F4": { name: "dev-b-storefront-23be40e7", ...targetGroup },
    "aws_security_group.load-balancer_security-group_80A0008E": {
      name: "dev-edge",
      description: "ALB: the internet comes in, the ports of apps are reached",
    },
    "aws_wafv2_web_acl.web-acl_1726B3E1": { name: "dev-edge", scope: "REGIONAL" },
  },
  "dev-keys": {
    "aws_kms_key.database_key_444EF3EA": {},
    "aws_kms_key.logs_key_6433C548": {},
    "aws_kms_key.volumes_key_B6CE07E5": {},
  },
  "dev-network": {
    "aws_cloudwatch_log_group.flow-logs_log-group_1BBD2543": { name: "/demarc/dev/flow-logs" },
    "aws_vpc.vpc_6776A399": { cidr_block: "10.1.0.0/16" },
    "aws_subnet.internal_subnet-a_F064EB8C": { availability_zone: "ap-northeast-1a", cidr_block: "10.1.64.0/21" },
    "aws_subnet.internal_subnet-c_61290C1F": { availability_zone: "ap-northeast-1c", cidr_block: "10.1.80.0/21" },
    "aws_subnet.private_subnet-a_F5E6AB32": { availability_zone: "ap-northeast-1a", cidr_block: "10.1.128.0/20" },
    "aws_subnet.private_subnet-c_AC05C774": { availability_zone: "ap-northeast-1c", cidr_block: "10.1.160.0/20" },
    "aws_subnet.public_subnet-a_FFE01DD8": { availability_zone: "ap-northeast-1a", cidr_block: "10.1.0.0/21" },
    "aws_subnet.public_subnet-c_302932C6": { availability_zone: "ap-northeast-1c", cidr_block: "10.1.16.0/21" },
    "aws_eip.nat_address-a_F2A17E8C": { domain: "vpc" },
    "aws_nat_gateway.nat_gateway-a_78967C6F": {},
  },
};

/** Types whose resources hold nothing, or are made again from this code without loss. Node groups hand their pods over. */
export const madeAnew: ReadonlySet<string> = new Set([
  "aws_acm_certificate",
  "aws_acm_certificate_validation",
  "aws_api_gateway_account",
  "aws_autoscaling_group_tag",
  "aws_cloudwatch_log_resource_policy",
  "aws_db_parameter_group",
  "aws_default_security_group",
  "aws_eks_access_entry",
  "aws_eks_access_policy_association",
  "aws_eks_addon",
  "aws_eks_node_group",
  "aws_flow_log",
  "aws_iam_policy",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_iam_role_policy_attachment",
  "aws_internet_gateway",
  "aws_launch_template",
  "aws_lb_listener",
  "aws_lb_listener_rule",
  "aws_route",
  "aws_route53_record",
  "aws_route_table",
  "aws_route_table_association",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_versioning",
  "aws_sqs_queue_policy",
  "aws_sqs_queue_redrive_allow_policy",
  "aws_vpc_endpoint",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_wafv2_web_acl_association",
  "aws_wafv2_web_acl_logging_configuration",
]);
