import { allow } from "../../iam";
import { type AccessByType, here, pass, roles } from "./access";

const profiles = here("iam", "instance-profile<role path>*");

/** AWS asks it of all that writes what a role may do: a role without the boundary can neither be made nor be changed. */
const bounded = { StringEquals: { "iam:PermissionsBoundary": "<boundary>" } };

/** Roles and their policies: a deploy makes them below its workspace's path, with its workspace's boundary. */
export const identity: AccessByType = {
  aws_iam_role: [
    allow("iam:CreateRole")
      .on(roles)
      .when(bounded)
      .when({ StringEquals: { "aws:RequestTag/team": "<team>" } }),
    allow("iam:PutRolePermissionsBoundary").on(roles).when(bounded),
    // Boundaries and keys go by the tag `team`: it is the owner's, and stays.
    allow("iam:TagRole")
      .on(roles)
      .when({ StringEqualsIfExists: { "aws:RequestTag/team": "<team>" } }),
    allow("iam:UntagRole")
      .on(roles)
      .when({ "ForAllValues:StringNotEquals": { "aws:TagKeys": "team" } }),
    allow(
      "iam:GetRole",
      "iam:GetRolePolicy",
      "iam:ListAttachedRolePolicies",
      "iam:ListInstanceProfilesForRole",
      "iam:ListRolePolicies",
      "iam:DeleteRole",
      "iam:UpdateAssumeRolePolicy",
      "iam:UpdateRole",
      "iam:UpdateRoleDescription",
    ).on(roles),
  ],
  aws_iam_role_policy: [
    allow("iam:GetRolePolicy").on(roles),
    allow("iam:DeleteRolePolicy", "iam:PutRolePolicy").on(roles).when(bounded),
  ],
  aws_iam_role_policy_attachment: [
    allow("iam:ListAttachedRolePolicies").on(roles),
    allow("iam:AttachRolePolicy", "iam:DetachRolePolicy").on(roles).when(bounded),
  ],
  aws_iam_instance_profile: [
    allow(
      "iam:GetInstanceProfile",
      "iam:CreateInstanceProfile",
      "iam:DeleteInstanceProfile",
      "iam:AddRoleToInstanceProfile",
      "iam:RemoveRoleFromInstanceProfile",
      "iam:TagInstanceProfile",
      "iam:UntagInstanceProfile",
    ).on(profiles),
    allow("iam:GetRole").on(roles),
    pass("ec2.amazonaws.com"),
  ],
  aws_ssm_document: [
    allow(
      "ssm:DescribeDocument",
      "ssm:DescribeDocumentPermission",
      "ssm:GetDocument",
      "ssm:ListTagsForResource",
      "ssm:AddTagsToResource",
      "ssm:CreateDocument",
      "ssm:DeleteDocument",
      "ssm:RemoveTagsFromResource",
      "ssm:UpdateDocument",
      "ssm:UpdateDocumentDefaultVersion",
    ).on(here("ssm", "document/<environment>-*")),
  ],
  aws_iam_openid_connect_provider: [
    allow(
      "iam:GetOpenIDConnectProvider",
      "iam:CreateOpenIDConnectProvider",
      "iam:DeleteOpenIDConnectProvider",
      "iam:TagOpenIDConnectProvider",
      "iam:UntagOpenIDConnectProvider",
      "iam:UpdateOpenIDConnectProviderThumbprint",
    ).on(here("iam", "oidc-provider/oidc.eks.<region>.amazonaws.com/id/*")),
  ],
};
