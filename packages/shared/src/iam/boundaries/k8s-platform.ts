import { allow } from "../permissions";
import type { Boundary } from "./scope";

/**
 * Roles that controllers take: the load balancer controller (from the policy that its project publishes), ExternalDNS,
 * Cluster Autoscaler and Fluent Bit; and the Job that makes the database's users.
 */
export const k8sPlatformBoundary: Boundary = ({ arn, here, elbServiceLinkedRole }) => [
  allow("ec2:Describe*", ...moreLookups, ...securityGroups, "elasticloadbalancing:*")
    .on("*")
    .when(here),
  elbServiceLinkedRole,
  allow(...loadBalancerAttachments).on("*"),
  allow("route53:ChangeResourceRecordSets", "route53:ListResourceRecordSets", "route53:ListTagsForResource*").on(
    arn("route53", "hostedzone/*"),
  ),
  allow("route53:GetChange", "route53:ListHostedZones", "route53:ListHostedZonesByName").on("*"),
  allow("autoscaling:Describe*").on("*"),
  allow("autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup").on(
    arn("autoscaling", "autoScalingGroup:*"),
  ),
  allow("eks:DescribeNodegroup").on(arn("eks", "nodegroup/*")),
  allow("logs:DescribeLogGroups").on("*").when(here),
  allow("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents").on(arn("logs", "*")),
  // Of the master users, which RDS keeps. The other secrets are the apps'.
  allow("secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue").on(arn("secretsmanager", "secret:rds!*")),
  allow("kms:Decrypt", "kms:DescribeKey").on(arn("kms", "key/*")),
];

const moreLookups = [
  "ec2:GetCoipPoolUsage",
  "ec2:GetInstanceTypesFromInstanceRequirements",
  "ec2:GetSecurityGroupsForVpc",
];

const securityGroups = [
  "ec2:AuthorizeSecurityGroupIngress",
  "ec2:CreateSecurityGroup",
  "ec2:CreateTags",
  "ec2:DeleteSecurityGroup",
  "ec2:DeleteTags",
  "ec2:RevokeSecurityGroupIngress",
];

/** What may hang from a load balancer: certificates, a user pool, a web ACL, Shield. */
const loadBalancerAttachments = [
  "acm:DescribeCertificate",
  "acm:ListCertificates",
  "cognito-idp:DescribeUserPoolClient",
  "shield:CreateProtection",
  "shield:DeleteProtection",
  "shield:DescribeProtection",
  "shield:GetSubscriptionState",
  "wafv2:AssociateWebACL",
  "wafv2:DisassociateWebACL",
  "wafv2:GetWebACL",
  "wafv2:GetWebACLForResource",
];
