import { STATE_BUCKET_PREFIX, STATE_KEY_ALIAS } from "../../environment";
import { allow, deny } from "../permissions";
import type { Boundary } from "./scope";

/**
 * Roles that plan and deploy. Their policies are made from the table of who may create what (`delivery` folder); this holds whatever
 * those say: of IAM no more than roles of workspaces, no users and keys, nothing of the roles that plan and deploy and of the boundaries, and
 * no other role to act as.
 */
export const deliveryBoundary: Boundary = ({ arn }) => [
  allow(...services.map((service) => `${service}:*`)).on("*"),
  // A pattern of a bucket is one of its objects too.
  allow("s3:*").on(arn("s3", `${STATE_BUCKET_PREFIX}*`), arn("s3", "*-access-logs-*")),
  // RDS keeps a master user's password there, as whoever makes the database.
  allow("secretsmanager:CreateSecret", "secretsmanager:TagResource").on(arn("secretsmanager", "secret:rds!*")),
  allow("iam:CreateServiceLinkedRole").on(arn("iam", "role/aws-service-role/*")),
  allow(...ofIam).on(
    arn("iam", "role/demarc/*"),
    // EKS takes a role without a path alone to start pods on Fargate.
    arn("iam", "role/*-fargate-pods"),
    arn("iam", "instance-profile/demarc/*"),
    arn("iam", "oidc-provider/oidc.eks.*"),
    arn("iam", "policy/demarc/*"),
  ),
  deny(...writing).on(
    arn("iam", "role/demarc/*/access/*"),
    arn("iam", "role/demarc/account/*"),
    arn("iam", "policy/demarc/*"),
  ),
  deny(
    "s3:DeleteBucket*",
    "s3:DeleteObjectVersion",
    "s3:PutBucket*",
    "s3:PutLifecycleConfiguration",
    "s3:PutEncryptionConfiguration",
  ).on(arn("s3", `${STATE_BUCKET_PREFIX}*`)),
  deny("kms:DisableKey*", "kms:PutKeyPolicy", "kms:ScheduleKeyDeletion")
    .on("*")
    .when({ "ForAnyValue:StringEquals": { "kms:ResourceAliases": STATE_KEY_ALIAS } }),
  deny("kms:*Alias").on(arn("kms", STATE_KEY_ALIAS)),
];

/** Services of which Terraform's resources are; a policy says which actions of each. */
const services = [
  "acm",
  "apigateway",
  "autoscaling",
  "ec2",
  "eks",
  "elasticloadbalancing",
  "kms",
  "logs",
  "rds",
  "route53",
  "sqs",
  "ssm",
  "wafv2",
];

const ofIam = [
  "iam:AddRoleToInstanceProfile",
  "iam:AttachRolePolicy",
  "iam:CreateInstanceProfile",
  "iam:CreateOpenIDConnectProvider",
  "iam:CreateRole",
  "iam:DeleteInstanceProfile",
  "iam:DeleteOpenIDConnectProvider",
  "iam:DeleteRole",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:Get*",
  "iam:List*",
  "iam:PassRole",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:RemoveRoleFromInstanceProfile",
  "iam:TagInstanceProfile",
  "iam:TagOpenIDConnectProvider",
  "iam:TagRole",
  "iam:UntagInstanceProfile",
  "iam:UntagOpenIDConnectProvider",
  "iam:UntagRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateOpenIDConnectProviderThumbprint",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];

/** All of the above that are no reads, and what makes policies. */
const writing = [
  "iam:Add*",
  "iam:Attach*",
  "iam:Create*",
  "iam:Delete*",
  "iam:Detach*",
  "iam:PassRole",
  "iam:Put*",
  "iam:Remove*",
  "iam:Set*",
  "iam:Tag*",
  "iam:Untag*",
  "iam:Update*",
];
