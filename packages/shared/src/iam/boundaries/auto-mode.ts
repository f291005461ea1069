import { allow, type Statement } from "../permissions";
import type { Scope } from "./scope";

/** EKS tags the sessions of a control plane's role so, and no other: nobody's nodes or add-ons can launch instances by these. */
const BY_EKS = { Null: { "aws:PrincipalTag/eks:eks-cluster-name": "false" } };

/**
 * EKS Auto Mode: the control plane's role launches nodes, and makes load balancers with what may hang from them. Drawn from
 * AmazonEKSComputePolicy and AmazonEKSLoadBalancingPolicy; the role passes infra's own roles to EC2 only.
 */
export function autoMode({ arn, here }: Scope): Statement[] {
  return [
    allow("ec2:CreateFleet", "ec2:RunInstances", "ec2:CreateLaunchTemplate").on("*").when(here).when(BY_EKS),
    allow("iam:PassRole")
      .on(arn("iam", "role/demarc/*/infra/*"))
      .when({ StringEquals: { "iam:PassedToService": ["ec2.amazonaws.com", "ec2.amazonaws.com.cn"] } })
      .when(BY_EKS),
    allow("iam:AddRoleToInstanceProfile").on(arn("iam", "instance-profile/eks*")).when(BY_EKS),
    allow("iam:CreateServiceLinkedRole")
      .on(arn("iam", "role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot"))
      .when({ StringEquals: { "iam:AWSServiceName": "spot.amazonaws.com" } })
      .when(BY_EKS),
    allow(...attachments)
      .on("*")
      .when(BY_EKS),
  ];
}

/** What may hang from a load balancer, and two look-ups. Shield and WAF are global services: no region to hold them to. */
const attachments = [
  "acm:DescribeCertificate",
  "acm:ListCertificates",
  "cognito-idp:DescribeUserPoolClient",
  "ec2:GetCoipPoolUsage",
  "ec2:GetSecurityGroupsForVpc",
  "shield:CreateProtection",
  "shield:DeleteProtection",
  "shield:TagResource",
  "wafv2:AssociateWebACL",
  "wafv2:DisassociateWebACL",
  "wafv2:GetWebACL",
  "wafv2:GetWebACLForResource",
];
