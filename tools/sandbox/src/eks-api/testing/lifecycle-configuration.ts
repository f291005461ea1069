import { ACCOUNT_ID, type Landscape, REGION } from "./landscape";

/** What differs between the first apply and the update. */
interface Version {
  readonly kubernetesVersion: string;
  readonly cluster: object;
  readonly vpcConfig: object;
  readonly nodePools: readonly string[];
  readonly nodegroup: object;
  readonly launchTemplateVersion: string;
  readonly vpcCni: object;
  readonly groups: readonly string[];
  readonly accessScope: object;
  readonly podRole: string;
  readonly tags: Readonly<Record<string, string>>;
}

const first = (role: Landscape["role"]): Version => ({
  kubernetesVersion: "1.34",
  cluster: {
    enabled_cluster_log_types: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    access_config: { authentication_mode: "API_AND_CONFIG_MAP", bootstrap_cluster_creator_admin_permissions: false },
    upgrade_policy: { support_type: "STANDARD" },
    zonal_shift_config: { enabled: true },
  },
  vpcConfig: { endpoint_private_access: true, endpoint_public_access: true, public_access_cidrs: ["8.8.8.0/24"] },
  nodePools: ["general-purpose"],
  nodegroup: {
    scaling_config: { min_size: 1, max_size: 3, desired_size: 1 },
    labels: { pool: "general", gone: "soon" },
    taint: [
      { key: "dedicated", value: "batch", effect: "NO_SCHEDULE" },
      { key: "dedicated", value: "batch", effect: "PREFER_NO_SCHEDULE" },
    ],
    update_config: { max_unavailable: 1 },
    node_repair_config: { enabled: true },
  },
  launchTemplateVersion: "1",
  vpcCni: {
    configuration_values: JSON.stringify({ enableNetworkPolicy: "true" }),
    pod_identity_association: { role_arn: role("cni"), service_account: "aws-node" },
  },
  groups: ["platform"],
  accessScope: { type: "namespace", namespaces: ["shop", "pets"] },
  podRole: "app",
  tags: { stage: "first", gone: "soon" },
});

const updated: Version = {
  kubernetesVersion: "1.35",
  cluster: {
    enabled_cluster_log_types: ["audit", "authenticator"],
    access_config: { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false },
    upgrade_policy: { support_type: "EXTENDED" },
    zonal_shift_config: { enabled: false },
  },
  vpcConfig: { endpoint_private_access: true, endpoint_public_access: false },
  nodePools: ["general-purpose", "system"],
  nodegroup: {
    scaling_config: { min_size: 2, max_size: 4, desired_size: 2 },
    labels: { pool: "batch" },
    taint: [{ key: "dedicated", value: "reports", effect: "NO_SCHEDULE" }],
    update_config: { max_unavailable_percentage: 50 },
    node_repair_config: { enabled: false },
  },
  launchTemplateVersion: "$Latest",
  vpcCni: { configuration_values: '{ "enableNetworkPolicy" : "false" }' },
  groups: ["platform", "operators"],
  accessScope: { type: "cluster" },
  podRole: "other-app",
  tags: { stage: "updated" },
};

/** Roles that the configuration names. */
export const LIFECYCLE_ROLES = [
  "cluster",
  "nodes",
  "auto-nodes",
  "fargate",
  "cni",
  "app",
  "other-app",
  "platform",
  "viewer",
];

/** A hardened cluster with one of everything on it, and an Auto Mode cluster. */
export function lifecycleConfiguration(landscape: Landscape, isUpdate: boolean): object {
  const { subnetIds, role } = landscape;
  const version = isUpdate ? updated : first(role);
  const { tags } = version;
  const main = "${aws_eks_cluster.main.name}";
  return {
    provider: { aws: { region: REGION } },
    resource: {
      aws_eks_cluster: {
        main: {
          name: "main",
          version: version.kubernetesVersion,
          role_arn: role("cluster"),
          bootstrap_self_managed_addons: false,
          vpc_config: { subnet_ids: subnetIds, ...version.vpcConfig },
          encryption_config: {
            resources: ["secrets"],
            provider: { key_arn: `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/1f5f6cc6-3b0c-4f3e-9d7c-7f4f0f1c2a3b` },
          },
          kubernetes_network_config: { service_ipv4_cidr: "172.20.0.0/16", ip_family: "ipv4" },
          ...version.cluster,
          tags,
        },
        auto: {
          name: "auto",
          role_arn: role("cluster"),
          bootstrap_self_managed_addons: false,
          vpc_config: { subnet_ids: subnetIds },
          access_config: { authentication_mode: "API" },
          compute_config: { enabled: true, node_pools: version.nodePools, node_role_arn: role("auto-nodes") },
          kubernetes_network_config: { elastic_load_balancing: { enabled: true } },
          storage_config: { block_storage: { enabled: true } },
        },
      },
      aws_eks_node_group: {
        general: {
          cluster_name: main,
          node_group_name: "general",
          version: version.kubernetesVersion,
          node_role_arn: role("nodes"),
          subnet_ids: subnetIds,
          ami_type: "AL2023_x86_64_STANDARD",
          capacity_type: "SPOT",
          instance_types: ["m6i.large", "m6a.large"],
          launch_template: { id: landscape.launchTemplateId, version: version.launchTemplateVersion },
          ...version.nodegroup,
          tags,
        },
        plain: {
          cluster_name: main,
          node_group_name: "plain",
          node_role_arn: role("nodes"),
          subnet_ids: subnetIds,
          scaling_config: { min_size: 0, max_size: 1, desired_size: 0 },
        },
      },
      aws_autoscaling_group_tag: {
        label: {
          autoscaling_group_name: "${aws_eks_node_group.general.resources[0].autoscaling_groups[0].name}",
          tag: {
            key: "k8s.io/cluster-autoscaler/node-template/label/pool",
            value: "general",
            propagate_at_launch: true,
          },
        },
      },
      aws_eks_addon: {
        cni: { cluster_name: main, addon_name: "vpc-cni", ...version.vpcCni, tags },
        proxy: {
          cluster_name: main,
          addon_name: "kube-proxy",
          addon_version: "${data.aws_eks_addon_version.proxy.version}",
          resolve_conflicts_on_update: "OVERWRITE",
        },
      },
      aws_eks_access_entry: {
        platform: { cluster_name: main, principal_arn: role("platform"), kubernetes_groups: version.groups, tags },
        viewer: { cluster_name: main, principal_arn: role("viewer"), user_name: "viewer" },
      },
      aws_eks_access_policy_association: {
        viewer: {
          cluster_name: main,
          principal_arn: "${aws_eks_access_entry.viewer.principal_arn}",
          policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
          access_scope: version.accessScope,
        },
      },
      aws_eks_pod_identity_association: {
        app: { cluster_name: main, namespace: "shop", service_account: "app", role_arn: role(version.podRole), tags },
      },
      aws_eks_fargate_profile: {
        shop: {
          cluster_name: main,
          fargate_profile_name: "shop",
          pod_execution_role_arn: role("fargate"),
          subnet_ids: subnetIds,
          selector: [{ namespace: "shop", labels: { compute: "fargate" } }, { namespace: "shop-*" }],
          tags,
        },
      },
      aws_eks_identity_provider_config: {
        staff: {
          cluster_name: main,
          oidc: {
            identity_provider_config_name: "staff",
            client_id: "kubernetes",
            issuer_url: "https://login.example.com",
            groups_claim: "groups",
          },
          tags,
        },
      },
      aws_iam_openid_connect_provider: {
        main: { url: "${aws_eks_cluster.main.identity[0].oidc[0].issuer}", client_id_list: ["sts.amazonaws.com"] },
      },
    },
    data: {
      aws_eks_addon_version: { proxy: { addon_name: "kube-proxy", kubernetes_version: version.kubernetesVersion } },
      aws_eks_cluster_versions: { standard: { default_only: true } },
      aws_eks_clusters: { all: { depends_on: ["aws_eks_cluster.main", "aws_eks_cluster.auto"] } },
    },
    output: {
      autoscaling_group: { value: "${aws_eks_node_group.general.resources[0].autoscaling_groups[0].name}" },
      security_group: { value: "${aws_eks_cluster.main.vpc_config[0].cluster_security_group_id}" },
      default_version: { value: "${data.aws_eks_cluster_versions.standard.cluster_versions[0].cluster_version}" },
      clusters: { value: "${data.aws_eks_clusters.all.names}" },
    },
  };
}
