import { kubernetesVersion } from "@demarc/shared/environment";
import { ACCOUNT_ID, type Landscape, REGION } from "./landscape";
import { type Kind, KINDS, labelOf, NEEDED_FIELDS, type NeededField } from "./needed-fields";

const HOST = "${aws_eks_cluster.host.name}";
const ROLE = "${local.role}";
const TAGS = { tagged: "yes" };
const API_MODE = { authentication_mode: "API", bootstrap_cluster_creator_admin_permissions: false };

interface Definition {
  /** Terraform's type. */
  readonly type: string;
  /** Everything that the provider can compare, set. */
  readonly arguments: (label: string, landscape: Landscape) => Record<string, unknown>;
  /** What each needs for itself besides. */
  readonly companion?: (label: string, landscape: Landscape) => { type: string; arguments: object };
}

const DEFINITIONS: Readonly<Record<Kind, Definition>> = {
  cluster: {
    type: "aws_eks_cluster",
    arguments: (name, { subnetIds, securityGroupId }) => ({
      name,
      role_arn: ROLE,
      version: "1.34",
      vpc_config: {
        subnet_ids: subnetIds,
        security_group_ids: [securityGroupId],
        endpoint_private_access: true,
        endpoint_public_access: true,
        public_access_cidrs: ["8.8.8.0/24"],
      },
      access_config: API_MODE,
      kubernetes_network_config: { service_ipv4_cidr: "172.20.0.0/16", ip_family: "ipv4" },
      enabled_cluster_log_types: ["audit"],
      encryption_config: {
        resources: ["secrets"],
        provider: { key_arn: `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/1f5f6cc6-3b0c-4f3e-9d7c-7f4f0f1c2a3b` },
      },
      upgrade_policy: { support_type: "STANDARD" },
      zonal_shift_config: { enabled: true },
      tags: TAGS,
    }),
  },
  autoModeCluster: {
    type: "aws_eks_cluster",
    arguments: (name, { subnetIds }) => ({
      name,
      role_arn: ROLE,
      bootstrap_self_managed_addons: false,
      vpc_config: { subnet_ids: subnetIds },
      access_config: API_MODE,
      compute_config: { enabled: true, node_pools: ["system"], node_role_arn: ROLE },
      kubernetes_network_config: { elastic_load_balancing: { enabled: true } },
      storage_config: { block_storage: { enabled: true } },
    }),
  },
  nodegroup: {
    type: "aws_eks_node_group",
    arguments: (name, { subnetIds, launchTemplateId }) => ({
      cluster_name: HOST,
      node_group_name: name,
      node_role_arn: ROLE,
      subnet_ids: subnetIds,
      version: "1.35",
      ami_type: "AL2023_ARM_64_STANDARD",
      capacity_type: "SPOT",
      instance_types: ["m7g.large"],
      launch_template: { id: launchTemplateId, version: "1" },
      scaling_config: { min_size: 0, max_size: 2, desired_size: 0 },
      labels: { pool: "general" },
      taint: { key: "dedicated", value: "batch", effect: "NO_SCHEDULE" },
      update_config: { max_unavailable: 2 },
      node_repair_config: { enabled: true },
      tags: TAGS,
    }),
  },
  fargateProfile: {
    type: "aws_eks_fargate_profile",
    arguments: (name, { subnetIds }) => ({
      cluster_name: HOST,
      fargate_profile_name: name,
      pod_execution_role_arn: ROLE,
      subnet_ids: subnetIds,
      selector: { namespace: "shop", labels: { compute: "fargate" } },
      tags: TAGS,
    }),
  },
  addon: {
    type: "aws_eks_addon",
    arguments: (label) => ({
      cluster_name: `\${aws_eks_cluster.${label}.name}`,
      addon_name: "vpc-cni",
      addon_version: kubernetesVersion("1.35").addOns["vpc-cni"][1]?.version,
      configuration_values: "{}",
      service_account_role_arn: ROLE,
      tags: TAGS,
    }),
    companion: ownCluster,
  },
  accessEntry: {
    type: "aws_eks_access_entry",
    arguments: (label, { role }) => ({
      cluster_name: HOST,
      principal_arn: role(label),
      kubernetes_groups: ["platform"],
      user_name: "somebody",
      tags: TAGS,
    }),
  },
  associatedAccessPolicy: {
    type: "aws_eks_access_policy_association",
    arguments: (label) => ({
      cluster_name: HOST,
      principal_arn: `\${aws_eks_access_entry.${label}.principal_arn}`,
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      access_scope: { type: "namespace", namespaces: ["shop"] },
    }),
    companion: (label, { role }) => ({
      type: "aws_eks_access_entry",
      arguments: { cluster_name: HOST, principal_arn: role(label) },
    }),
  },
  podIdentityAssociation: {
    type: "aws_eks_pod_identity_association",
    arguments: (label) => ({
      cluster_name: HOST,
      namespace: "shop",
      service_account: label,
      role_arn: ROLE,
      tags: TAGS,
    }),
  },
  identityProviderConfig: {
    type: "aws_eks_identity_provider_config",
    arguments: (label) => ({
      cluster_name: `\${aws_eks_cluster.${label}.name}`,
      oidc: {
        identity_provider_config_name: "staff",
        client_id: "kubernetes",
        issuer_url: "https://login.example.com",
        username_claim: "email",
        username_prefix: "staff:",
        groups_claim: "groups",
        groups_prefix: "staff:",
        required_claims: { employed: "yes" },
      },
      tags: TAGS,
    }),
    companion: ownCluster,
  },
};

/** For kinds of which a cluster has one of a name, or one at all. */
function ownCluster(label: string, landscape: Landscape) {
  return { type: "aws_eks_cluster", arguments: hostCluster(label, landscape) };
}

function hostCluster(name: string, { subnetIds }: Landscape): object {
  return { name, role_arn: ROLE, vpc_config: { subnet_ids: subnetIds }, access_config: API_MODE };
}

/** Address of the resource that lacks a field. */
export function addressOf(kind: Kind, needed: NeededField): string {
  return `${DEFINITIONS[kind].type}.${labelOf(kind, needed)}`;
}

/** Roles that the configuration names. */
export const NEEDED_FIELDS_ROLES = [
  "any",
  ...(["accessEntry", "associatedAccessPolicy"] as const).flatMap((kind) =>
    NEEDED_FIELDS[kind].map((needed) => labelOf(kind, needed)),
  ),
];

/** One object per needed field, and an output, of the same name, per attribute that can be lost. */
export function neededFieldsConfiguration(landscape: Landscape): object {
  const resource: Record<string, Record<string, object>> = {};
  const output: Record<string, object> = {};
  const add = (type: string, label: string, values: object) => {
    resource[type] = { ...resource[type], [label]: values };
  };
  add("aws_eks_cluster", "host", hostCluster("host", landscape));
  for (const kind of KINDS) {
    const { type, arguments: argumentsOf, companion } = DEFINITIONS[kind];
    for (const needed of NEEDED_FIELDS[kind] as readonly NeededField[]) {
      const label = labelOf(kind, needed);
      const given = Object.entries({ ...argumentsOf(label, landscape), ...needed.given });
      add(type, label, Object.fromEntries(given.filter(([, value]) => value !== null)));
      const extra = companion?.(label, landscape);
      if (extra) add(extra.type, label, extra.arguments);
      if (needed.attribute !== undefined) {
        output[label] = { value: `\${try(${addressOf(kind, needed)}.${needed.attribute}, null)}` };
      }
    }
  }
  return { locals: { role: landscape.role("any") }, provider: { aws: { region: REGION } }, resource, output };
}
