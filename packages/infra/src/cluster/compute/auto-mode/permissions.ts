import { allow, type Statement } from "@demarc/shared/iam";
import { useOfVolumeKey } from "../volume-key";

/** Policies that AWS keeps for the role of a cluster with Auto Mode, beside that of every cluster. */
export const managedPolicies = [
  "AmazonEKSBlockStoragePolicy",
  "AmazonEKSComputePolicy",
  "AmazonEKSLoadBalancingPolicy",
  "AmazonEKSNetworkingPolicy",
];

/**
 * What AWS's policies leave out: tags of ours on what EKS makes for this cluster, and the key of block volumes.
 * https://docs.aws.amazon.com/eks/latest/userguide/auto-cluster-iam-role.html
 */
export function ownPermissions(cluster: string, volumeKeyArn: string): Statement[] {
  const forThisCluster = { StringEquals: { "aws:RequestTag/eks:eks-cluster-name": cluster } };
  return [
    allow("ec2:CreateFleet", "ec2:RunInstances", "ec2:CreateLaunchTemplate")
      .on("*")
      .when(forThisCluster)
      .when({
        StringLike: {
          "aws:RequestTag/eks:kubernetes-node-class-name": "*",
          "aws:RequestTag/eks:kubernetes-node-pool-name": "*",
        },
      }),
    allow("ec2:CreateVolume", "ec2:CreateSnapshot")
      .on("arn:aws:ec2:*:*:volume/*", "arn:aws:ec2:*:*:snapshot/*")
      .when(forThisCluster),
    allow("ec2:CreateNetworkInterface")
      .on("*")
      .when(forThisCluster)
      .when({ StringLike: { "aws:RequestTag/eks:kubernetes-cni-node-name": "*" } }),
    allow(
      "elasticloadbalancing:CreateLoadBalancer",
      "elasticloadbalancing:CreateTargetGroup",
      "elasticloadbalancing:CreateListener",
      "elasticloadbalancing:CreateRule",
      "ec2:CreateSecurityGroup",
    )
      .on("*")
      .when(forThisCluster),
    ...useOfVolumeKey(volumeKeyArn),
  ];
}
