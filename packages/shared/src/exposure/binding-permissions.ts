import { consume } from "../contract";
import { clusterContract } from "../contracts";
import { arn } from "../environment";
import { allow, type Statement } from "../iam";
import { opensSecurityGroups } from "./app-binding";
import type { ClusterParty } from "./consequences";
import { targetGroupsOf } from "./target-groups";

/**
 * What the load balancer controller needs to keep pods in infra's target groups. They do not bear the controller's tag, which would let
 * it change and delete them, as it may its own.
 */
export function bindingPermissions(stack: ClusterParty, apps: readonly string[]): Statement[] {
  const groups = targetGroupsOf(stack, apps).map((group) => group.arn);
  const nodes = arn(stack.environment, "ec2", `security-group/${consume(stack, clusterContract).securityGroupId}`);
  return [
    ...(groups.length === 0
      ? []
      : [allow("elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets").on(...groups)]),
    ...(opensSecurityGroups(stack)
      ? [allow("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress").on(nodes)]
      : []),
  ];
}
