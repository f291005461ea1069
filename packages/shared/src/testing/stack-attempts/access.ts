import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { policyDocument } from "../../iam";
import { deliveryTrust } from "../../ownership/delivery";
import type { WorkspaceStack } from "../../stack";
import { anyRole, type MakeRole, strangers } from "./any-role";
import { override, type StackAttempt, trustOf } from "./attempt";

type Attempt = StackAttempt<WorkspaceStack>;

/** A role that deploys the petstore, of team `pets`, as the stack `access` makes it. */
const deliverer: MakeRole<WorkspaceStack> = (stack, more = {}) =>
  new IamRole(stack, "role", {
    name: "dev-petstore-deploy",
    path: stack.rolePath,
    permissionsBoundary: stack.permissionsBoundary,
    assumeRolePolicy: policyDocument(deliveryTrust(stack.environment, "pets", "deploy")),
    ...more,
  });

const team = { AWS: ["arn:aws:iam::123456789012:role/team/pets"] };

/** What infra may not have in the stack of the roles that plan and deploy. */
export const access: readonly Attempt[] = [
  ...anyRole(deliverer),
  ...Object.entries({
    ...strangers,
    "a role of two teams": { AWS: [...team.AWS, "arn:aws:iam::123456789012:role/team/shop"] },
    "a team beside everybody": { ...team, Service: "*" },
    "a service of AWS": { Service: "ec2.amazonaws.com" },
  }).map(([who, Principal]) => ({
    name: `a role that deploys, for ${who}`,
    attempt: (stack: WorkspaceStack) =>
      void deliverer(stack, { assumeRolePolicy: trustOf({ Effect: "Allow", Principal, Action: ["sts:AssumeRole"] }) }),
    refusedBy: "it trusts others than a team's roles and the environment's pipelines",
  })),
  {
    name: "a role that neither plans nor deploys",
    attempt: (stack) => void deliverer(stack, { name: "dev-petstore-admin" }),
    refusedBy: "which ends with neither plan nor deploy",
  },
  {
    name: "a policy of the account's on a role that deploys",
    attempt: (stack) =>
      new IamRolePolicyAttachment(stack, "attachment", {
        role: deliverer(stack).name,
        policyArn: "arn:aws:iam::123456789012:policy/all",
      }),
    refusedBy: "its policy is arn:aws:iam::123456789012:policy/all",
  },
];

/** What stays allowed to infra there. */
export const allowedInAccess: Readonly<Record<string, Attempt["attempt"]>> = {
  "a role that deploys, with a policy of its own": (stack) => {
    override("resource.aws_iam_policy.own", { name: "own", policy: policyDocument([]) })(stack);
    new IamRolePolicyAttachment(stack, "attachment", {
      role: deliverer(stack).name,
      policyArn: "${aws_iam_policy.own.arn}",
    });
  },
};
