import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { arnOfAws } from "../environment";
import { policyDocument, type Statement, type TrustStatement } from "../iam";
import { WorkspaceStack } from "./stack";

export interface WorkspaceRoleProps {
  /** Name of the role, at most 64 characters, unique in the account. */
  readonly name: string;
  readonly description: string;
  /** Whether it has no path, as AWS takes none with one for some uses; its name then begins with its environment's. @default false */
  readonly withoutPath?: boolean;
  /** Who may assume it: one, or any of several. */
  readonly trust: TrustStatement | readonly TrustStatement[];
  /** What it may do, inside its workspace's permissions boundary. @default nothing */
  readonly permissions?: readonly Statement[];
  /** Policies that AWS keeps, by name with path: "AmazonEKSClusterPolicy". For what AWS's own parts need, as only AWS knows it. @default none */
  readonly managedPolicies?: readonly string[];
  /** What has to be there before it, such as its boundary where the same stack makes that. @default nothing */
  readonly after?: readonly ITerraformDependable[];
}

/** An IAM role with the path and permissions boundary of the workspace that makes it. */
export class WorkspaceRole extends Construct {
  readonly arn: string;
  readonly roleName: string;
  /** The role's policies: who acts by the role from its first moment on depends on them. */
  readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: WorkspaceRoleProps) {
    super(scope, id);
    const stack = WorkspaceStack.of(this);
    const { name, description, withoutPath = false, trust, permissions = [], managedPolicies = [], after = [] } = props;

    const role = new IamRole(this, "role", {
      name,
      description,
      path: withoutPath ? "/" : stack.rolePath,
      permissionsBoundary: stack.permissionsBoundary,
      assumeRolePolicy: policyDocument([trust].flat()),
      ...(after.length === 0 ? {} : { dependsOn: [...after] }),
    });
    this.arn = role.arn;
    this.roleName = role.name;
    this.policies = [
      ...(permissions.length === 0 ? [] : [this.#inlinePolicy(permissions)]),
      ...managedPolicies.map((policy) => this.#attach(policy, arnOfAws("iam", `policy/${policy}`))),
    ];
  }

  #inlinePolicy(permissions: readonly Statement[]): ITerraformDependable {
    return new IamRolePolicy(this, "policy", {
      name: "permissions",
      role: this.roleName,
      policy: policyDocument(permissions),
    });
  }

  #attach(policy: string, policyArn: string): ITerraformDependable {
    return new IamRolePolicyAttachment(this, policy.replaceAll("/", "-"), {
      role: this.roleName,
      policyArn,
    });
  }
}
