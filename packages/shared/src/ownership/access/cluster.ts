import { allow } from "../../iam";
import { type AccessByType, allowInRegion, here, pass } from "./access";

/** EKS's ARNs begin with the cluster's name, and that with the environment's. */
const of = (kind: string, rest = ""): string => here("eks", `${kind}/<environment>-*${rest}`);

const clusters = of("cluster");
const nodeGroups = of("nodegroup", "/*/*");
const addons = of("addon", "/*/*");
const accessEntries = of("access-entry", "/*/*/*/*");
const associations = of("podidentityassociation", "/*");
const tags = ["eks:TagResource", "eks:UntagResource"];

/** EKS clusters, and what belongs to one. */
export const cluster: AccessByType = {
  aws_eks_cluster: [
    // EKS knows no resource of a cluster that is not there yet.
    allowInRegion("eks:CreateCluster"),
    allow(
      "eks:DescribeCluster",
      "eks:DescribeUpdate",
      "eks:AssociateEncryptionConfig",
      "eks:DeleteCluster",
      "eks:UpdateClusterConfig",
      "eks:UpdateClusterVersion",
      ...tags,
    ).on(clusters),
    pass("eks.amazonaws.com"),
  ],
  aws_eks_node_group: [
    allow("eks:CreateNodegroup").on(clusters),
    allow("eks:DescribeUpdate").on(clusters, nodeGroups),
    allow(
      "eks:DescribeNodegroup",
      "eks:DeleteNodegroup",
      "eks:UpdateNodegroupConfig",
      "eks:UpdateNodegroupVersion",
      ...tags,
    ).on(nodeGroups),
    pass("eks.amazonaws.com", "ec2.amazonaws.com"),
  ],
  aws_eks_fargate_profile: [
    allow("eks:CreateFargateProfile").on(clusters),
    allow("eks:DescribeFargateProfile", "eks:DeleteFargateProfile", ...tags).on(of("fargateprofile", "/*/*")),
    pass("eks-fargate-pods.amazonaws.com", "eks.amazonaws.com"),
  ],
  aws_eks_addon: [
    allow("eks:CreateAddon").on(clusters),
    allow("eks:DescribeUpdate").on(clusters, addons),
    allow("eks:DescribeAddon", "eks:DeleteAddon", "eks:UpdateAddon", ...tags).on(addons),
    // An add-on's role is handed out by an association of its own.
    allow(
      "eks:DescribePodIdentityAssociation",
      "eks:CreatePodIdentityAssociation",
      "eks:DeletePodIdentityAssociation",
      "eks:UpdatePodIdentityAssociation",
    ).on(clusters, associations),
    pass("pods.eks.amazonaws.com"),
  ],
  aws_eks_access_entry: [
    allow("eks:CreateAccessEntry").on(clusters),
    allow("eks:DescribeAccessEntry", "eks:DeleteAccessEntry", "eks:UpdateAccessEntry", ...tags).on(accessEntries),
  ],
  aws_eks_access_policy_association: [
    allow("eks:ListAssociatedAccessPolicies", "eks:AssociateAccessPolicy", "eks:DisassociateAccessPolicy").on(
      accessEntries,
    ),
  ],
  aws_eks_pod_identity_association: [
    allow("eks:CreatePodIdentityAssociation").on(clusters),
    allow(
      "eks:DescribePodIdentityAssociation",
      "eks:DeletePodIdentityAssociation",
      "eks:UpdatePodIdentityAssociation",
      ...tags,
    ).on(associations),
    pass("pods.eks.amazonaws.com"),
  ],
  aws_autoscaling_group_tag: [
    allowInRegion("autoscaling:DescribeTags"),
    // EKS names the group of a node group.
    allow("autoscaling:CreateOrUpdateTags", "autoscaling:DeleteTags").on(
      here("autoscaling", "autoScalingGroup:*:autoScalingGroupName/eks-*"),
    ),
  ],
  "data.aws_eks_cluster": [allow("eks:DescribeCluster").on(clusters)],
  "data.aws_eks_clusters": [allowInRegion("eks:ListClusters")],
};
