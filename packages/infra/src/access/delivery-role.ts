import { posix } from "node:path";
import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { deliveryPolicies, deliveryTrust } from "@demarc/shared/delivery";
import { deliveryPath, deliveryRole, type DeliveryStep, type Environment } from "@demarc/shared/environment";
import { policyDocument } from "@demarc/shared/iam";
import { WorkspaceRole } from "@demarc/shared/stack";
import type { Workspace } from "@demarc/shared/workspace";
import { Construct } from "constructs";

export interface DeliveryRoleProps {
  readonly environment: Environment;
  /** What it plans or deploys. */
  readonly workspace: Workspace;
  readonly step: DeliveryStep;
}

/** The role that plans, or deploys, one workspace of an environment. Its policies are made from the table of who may create what. */
export class DeliveryRole extends Construct {
  constructor(scope: Construct, id: string, { environment, workspace, step }: DeliveryRoleProps) {
    super(scope, id);
    const name = posix.basename(deliveryRole(environment, workspace.name, step));
    const role = new WorkspaceRole(this, "role", {
      name,
      description: `${step === "plan" ? "Plans" : "Deploys"} ${workspace.name} in ${environment.name}`,
      trust: deliveryTrust(environment, workspace.team(environment), step),
    });
    for (const [index, statements] of deliveryPolicies(environment, workspace, step).entries()) {
      const part = String(index + 1);
      const policy = new IamPolicy(this, `policy-${part}`, {
        name: `${name}-${part}`,
        path: deliveryPath(environment),
        description: `Part ${part} of what ${name} may do`,
        policy: policyDocument(statements),
      });
      new IamRolePolicyAttachment(this, `attachment-${part}`, { role: role.roleName, policyArn: policy.arn });
    }
  }
}
