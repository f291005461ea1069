import { CLUSTER } from "./attempted";
import { ACCOUNT, REGION, type RoleFixture } from "./roles";

export const allow = (Action: string | string[], Resource: string | string[] = "*", Condition = {}) => ({
  ...{ Effect: "Allow", Action, Resource, Condition },
});
const deny = (...given: Parameters<typeof allow>) => ({ ...allow(...given), Effect: "Deny" });
const ofTheCluster = (kind: string) => ({ StringEquals: { [`aws:${kind}Tag/${CLUSTER}`]: "dev" } });
export const iamArn = (name: string) => `arn:aws:iam::${ACCOUNT}:${name}`;
const ec2Arn = (name: string) => `arn:aws:ec2:${REGION}:${ACCOUNT}:${name}`;

const PETS = { tags: [{ Key: "team", Value: "pets" }] };

/** Roles that attempt, and what each may do. */
export const ROLES = {
  app: {
    statements: [
      allow("s3:*Object", "arn:aws:s3:::data/${aws:PrincipalTag/team}/*"),
      allow("s3:ListBucket", "arn:aws:s3:::data", { StringLike: { "s3:prefix": "${aws:PrincipalTag/team}/*" } }),
      allow("s3:GetObject", "arn:aws:s3:::state/*"),
      allow("iam:*"),
    ],
    boundary: [allow("s3:*"), deny("s3:*", ["arn:aws:s3:::state", "arn:aws:s3:::state/*"])],
    ...PETS,
  },
  narrowed: { statements: [allow("s3:*")], session: [allow("s3:GetObject", "arn:aws:s3:::data/pets/*")] },
  controller: {
    statements: [
      allow("elasticloadbalancing:*", "*", ofTheCluster("Resource")),
      allow("ec2:CreateSecurityGroup", ec2Arn("vpc/*")),
      allow(["ec2:CreateSecurityGroup", "ec2:CreateTags"], ec2Arn("security-group/*"), ofTheCluster("Request")),
      allow("autoscaling:SetDesiredCapacity", "*", { StringEquals: { "aws:ResourceTag/owned": "this cluster" } }),
    ],
  },
  deployer: {
    statements: [
      allow("ec2:*"),
      allow("iam:PassRole", iamArn("role/app"), { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } }),
      allow(["iam:CreateRole", "iam:PutRolePolicy"], iamArn("role/apps/*"), {
        ArnEquals: { "iam:PermissionsBoundary": iamArn("policy/bounds-app") },
      }),
      allow("iam:DeleteRolePermissionsBoundary"),
    ],
    boundary: [allow("*"), deny("iam:DeleteRolePermissionsBoundary"), deny("ec2:DeleteVpc")],
  },
} satisfies Record<string, RoleFixture>;
