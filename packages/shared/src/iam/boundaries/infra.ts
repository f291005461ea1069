import { allow } from "../permissions";
import type { Boundary } from "./scope";

/**
 * Roles that AWS services take: EKS's control plane, its nodes and the add-ons that come with it, VPC flow logs, and the
 * database's monitoring. Drawn from the policies that AWS keeps for them (AmazonEKSClusterPolicy and its like).
 */
export const infraBoundary: Boundary = ({ arn, here, elbServiceLinkedRole }) => [
  allow("ec2:Describe*", "autoscaling:DescribeAutoScalingGroups", "autoscaling:UpdateAutoScalingGroup")
    .on("*")
    .when(here),
  allow(...networking, ...volumes, "ec2:CreateTags", "ec2:DeleteTags", "elasticloadbalancing:*")
    .on("*")
    .when(here),
  elbServiceLinkedRole,
  allow("eks:DescribeCluster", "eks-auth:AssumeRoleForPodIdentity").on(arn("eks", "cluster/*")),
  allow(...imagePulls).on("*"),
  allow(...encryption, "kms:DescribeKey", "kms:ListGrants").on(arn("kms", "key/*")),
  allow("kms:CreateGrant")
    .on(arn("kms", "key/*"))
    .when({ Bool: { "kms:GrantIsForAWSResource": "true" } }),
  allow(...logging).on(arn("logs", "*")),
];

/** Control plane and VPC CNI. */
const networking = [
  "ec2:AssignPrivateIpAddresses",
  "ec2:AttachNetworkInterface",
  "ec2:AuthorizeSecurityGroupIngress",
  "ec2:CreateNetworkInterface",
  "ec2:CreateNetworkInterfacePermission",
  "ec2:CreateRoute",
  "ec2:CreateSecurityGroup",
  "ec2:DeleteNetworkInterface",
  "ec2:DeleteRoute",
  "ec2:DeleteSecurityGroup",
  "ec2:DetachNetworkInterface",
  "ec2:ModifyInstanceAttribute",
  "ec2:ModifyNetworkInterfaceAttribute",
  "ec2:RevokeSecurityGroupIngress",
  "ec2:UnassignPrivateIpAddresses",
];

/** EBS CSI driver. */
const volumes = [
  "ec2:AttachVolume",
  "ec2:CopyVolumes",
  "ec2:CreateSnapshot",
  "ec2:CreateVolume",
  "ec2:DeleteSnapshot",
  "ec2:DeleteVolume",
  "ec2:DetachVolume",
  "ec2:EnableFastSnapshotRestores",
  "ec2:LockSnapshot",
  "ec2:ModifyVolume",
];

/** Nodes. A registry may be in another region or account, hence no narrower resource. */
const imagePulls = [
  "ecr:BatchCheckLayerAvailability",
  "ecr:BatchGetImage",
  "ecr:BatchImportUpstreamImage",
  "ecr:GetAuthorizationToken",
  "ecr:GetDownloadUrlForLayer",
];

const encryption = ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];

const logging = [
  "logs:CreateLogGroup",
  "logs:CreateLogStream",
  "logs:DescribeLogGroups",
  "logs:DescribeLogStreams",
  "logs:GetLogEvents",
  "logs:PutLogEvents",
  "logs:PutRetentionPolicy",
];
