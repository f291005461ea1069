import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { policyDocument, type Statement, type TrustStatement } from "./permissions";
import { WorkspaceStack } from "./stack";

export interface WorkspaceRoleProps {
  /** Name of the role, at most 64 characters, unique in the account. */
  readonly name: string;
  readonly description: string;
  /** Who may assume it. */
  readonly trust: TrustStatement;
  /** What it may do, inside its workspace's permissions boundary. @default nothing */
  readonly permissions?: readonly Statement[];
}

/** An IAM role with the path and permissions boundary of the workspace that makes it, and one inline policy. */
export class WorkspaceRole extends Construct {
  readonly arn: string;
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: WorkspaceRoleProps) {
    super(scope, id);
    const stack = WorkspaceStack.of(this);
    if (!(stack instanceof WorkspaceStack))
      throw new Error(`${this.node.path}: a role needs a stack of a workspace around it`);
    const { name, description, trust, permissions = [] } = props;

    const role = new IamRole(this, "role", {
      name,
      description,
      path: stack.rolePath,
      permissionsBoundary: stack.permissionsBoundary,
      assumeRolePolicy: policyDocument([trust]),
    });
    if (permissions.length > 0) {
      new IamRolePolicy(this, "policy", { name: "permissions", role: role.name, policy: policyDocument(permissions) });
    }
    this.arn = role.arn;
    this.roleName = role.name;
  }
}
