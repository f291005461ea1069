import { arn as arnIn } from "../../environment";
import { allow, type Statement } from "../permissions";
import { autoMode } from "./auto-mode";
import type { Boundary, Scope } from "./scope";

/**
 * Roles that AWS services take: EKS's control plane, its nodes and the add-ons that come with it, VPC flow logs, API Gateway's
 * logs, the database's monitoring, and a bastion. Drawn from the policies that AWS keeps for them (AmazonEKSClusterPolicy and
 * its like), which tests hold it to. A role that deploys makes roles, which none of these may: it has no place here.
 */
export const infraBoundary: Boundary = (scope) => {
  const { arn, here, elbServiceLinkedRole } = scope;
  return [
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
    allow("logs:DescribeLogGroups").on("*").when(here),
    allow(...logging).on(arn("logs", "*")),
    ...autoMode(scope),
    ...sessionManager(scope),
  ];
};

/** A bastion that Session Manager reaches. It reports to SSM and reads AWS's own parameters, which are no account's, never the company's. */
function sessionManager({ here, place }: Scope): Statement[] {
  return [
    allow(...agent)
      .on("*")
      .when(here),
    allow("ssm:GetParameter", "ssm:GetParameters").on(arnIn({ ...place, account: "*" }, "ssm", "parameter/aws/*")),
  ];
}

/** Control plane and VPC CNI. */
const networking = [
  "ec2:AssignIpv6Addresses",
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
  "ec2:UnassignIpv6Addresses",
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
  "logs:DescribeLogStreams",
  "logs:FilterLogEvents",
  "logs:GetLogEvents",
  "logs:PutLogEvents",
  "logs:PutRetentionPolicy",
];

/** SSM's agent: it knows no resources that could be named before there is an instance. */
const agent = [
  "ec2messages:AcknowledgeMessage",
  "ec2messages:DeleteMessage",
  "ec2messages:FailMessage",
  "ec2messages:GetEndpoint",
  "ec2messages:GetMessages",
  "ec2messages:SendReply",
  "ssm:DescribeAssociation",
  "ssm:DescribeDocument",
  "ssm:GetDeployablePatchSnapshotForInstance",
  "ssm:GetDocument",
  "ssm:GetManifest",
  "ssm:ListAssociations",
  "ssm:ListInstanceAssociations",
  "ssm:PutComplianceItems",
  "ssm:PutConfigurePackageResult",
  "ssm:PutInventory",
  "ssm:UpdateAssociationStatus",
  "ssm:UpdateInstanceAssociationStatus",
  "ssm:UpdateInstanceInformation",
  "ssmmessages:CreateControlChannel",
  "ssmmessages:CreateDataChannel",
  "ssmmessages:OpenControlChannel",
  "ssmmessages:OpenDataChannel",
];
