/** Something that Terraform needs while it makes, changes or looks something up: without it, it stops. */
export interface NeededAnswer {
  /** What is left out, by operation: a path within its answer. */
  readonly leftOut: Readonly<Record<string, string>>;
  /** Addresses that are applied. */
  readonly addresses: readonly string[];
  /** Configuration besides that of the needed fields. */
  readonly added?: object;
  /** Configuration laid over that of the needed fields, for an update. */
  readonly laidOver?: object;
  /** What Terraform says, all of it. */
  readonly says: readonly RegExp[];
}

const SUBNETS = "${aws_eks_cluster.host.vpc_config[0].subnet_ids}";
const ROLE = "${local.role}";
const CRASHED = [/plugin crashed!/];

const cluster = (name: string) => ({
  aws_eks_cluster: { [name]: { name, role_arn: ROLE, vpc_config: { subnet_ids: SUBNETS } } },
});
const onHost = { cluster_name: "${aws_eks_cluster.host.name}" };

const nodegroup = {
  aws_eks_node_group: {
    new: {
      ...onHost,
      node_group_name: "new",
      node_role_arn: ROLE,
      subnet_ids: SUBNETS,
      scaling_config: { min_size: 0, max_size: 1, desired_size: 0 },
    },
  },
};

const fargateProfile = {
  aws_eks_fargate_profile: {
    new: {
      ...onHost,
      fargate_profile_name: "new",
      pod_execution_role_arn: ROLE,
      subnet_ids: SUBNETS,
      selector: { namespace: "new" },
    },
  },
};

const addon = { aws_eks_addon: { new: { ...onHost, addon_name: "coredns" } } };

/** An association that nobody else in these tests asks for. */
export const association = (name: string) => ({
  aws_eks_pod_identity_association: {
    [name]: { ...onHost, namespace: "new", service_account: name, role_arn: ROLE },
  },
});

/** Makes new objects; the address of each is its type and name. */
const making = (...resources: Record<string, Record<string, object>>[]) => ({
  addresses: resources.flatMap((resource) =>
    Object.entries(resource).flatMap(([type, objects]) => Object.keys(objects).map((name) => `${type}.${name}`)),
  ),
  added: { resource: Object.fromEntries(resources.flatMap((resource) => Object.entries(resource))) },
});

/** Changes one node group, which Terraform follows as an update. */
const relabelling = (pool: string) => ({
  addresses: ["aws_eks_node_group.nodegroup_whole"],
  laidOver: { resource: { aws_eks_node_group: { nodegroup_whole: { labels: { pool } } } } },
});

/** Looks up the default version of an add-on. */
const lookingUp = {
  addresses: ["data.aws_eks_addon_version.new"],
  added: { data: { aws_eks_addon_version: { new: { addon_name: "coredns", kubernetes_version: "1.35" } } } },
};
const NO_VERSION = [/reading EKS Add-On version info \(coredns, 1\.35\): empty result/];

export const NEEDED_ANSWERS: readonly NeededAnswer[] = [
  { leftOut: { CreateCluster: "cluster" }, ...making(cluster("one")), says: CRASHED },
  { leftOut: { DescribeCluster: "cluster.createdAt" }, ...making(cluster("two")), says: CRASHED },
  {
    leftOut: {
      DescribeCluster: "cluster.status",
      DescribeNodegroup: "nodegroup.status",
      DescribeFargateProfile: "fargateProfile.status",
      DescribeAddon: "addon.status",
    },
    ...making(cluster("three"), nodegroup, fargateProfile, addon),
    says: [
      /Cluster \(three\) create: unexpected state ''/,
      /Node Group \(host:new\) create: unexpected state ''/,
      /Fargate Profile \(host:new\) create: unexpected state ''/,
      /Add-On \(host:coredns\) create: unexpected state ''/,
    ],
  },
  { leftOut: { CreatePodIdentityAssociation: "association" }, ...making(association("one")), says: CRASHED },
  { leftOut: { UpdateNodegroupConfig: "update" }, ...relabelling("one"), says: CRASHED },
  {
    leftOut: { UpdateNodegroupConfig: "update.id" },
    ...relabelling("two"),
    says: [/input member updateId must not be empty/],
  },
  {
    leftOut: { DescribeUpdate: "update.status" },
    ...relabelling("three"),
    says: [/config update .* unexpected state ''/],
  },
  { leftOut: { DescribeAddonVersions: "addons.0.addonVersions" }, ...lookingUp, says: NO_VERSION },
  {
    leftOut: { DescribeAddonVersions: "addons.0.addonVersions.0.compatibilities.0.defaultVersion" },
    ...lookingUp,
    says: NO_VERSION,
  },
];
