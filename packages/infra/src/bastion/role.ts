import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { allow, trustService } from "@demarc/shared/iam";
import { WorkspaceRole, WorkspaceStack } from "@demarc/shared/stack";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface BastionRoleProps {
  /** Name of the role and of its instance profile. */
  readonly name: string;
  /** Log group of what is typed in sessions. */
  readonly logGroupArn: string;
}

/** What the agent of Session Manager needs, and to write down what is typed: it does so as the instance. */
export class BastionRole extends Construct {
  readonly arn: string;
  readonly profileName: string;
  readonly policies: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { name, logGroupArn }: BastionRoleProps) {
    super(scope, id);
    const role = new WorkspaceRole(this, "role", {
      name,
      description: "Bastion: Session Manager reaches it",
      trust: trustService("ec2.amazonaws.com"),
      managedPolicies: ["AmazonSSMManagedInstanceCore"],
      permissions: [
        // https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-create-iam-instance-profile.html
        allow("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents").on(`${logGroupArn}:*`),
        allow("logs:DescribeLogGroups").on("*"),
      ],
    });
    const profile = new IamInstanceProfile(this, "profile", {
      name,
      path: WorkspaceStack.of(this).rolePath,
      role: role.roleName,
    });
    this.arn = role.arn;
    this.profileName = profile.name;
    this.policies = role.policies;
  }
}
