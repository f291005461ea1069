import { allow, type Statement } from "../iam";
import type { ClusterParty } from "./consequences";
import { teamSecurityGroupArns } from "./pod-security-groups";
import { targetGroupsOf } from "./target-groups";

/**
 * What the load balancer controller needs to keep pods in infra's target groups. They do not bear the controller's tag, which would let
 * it change and delete them, as it may its own.
 */
export function bindingPermissions(stack: ClusterParty, apps: readonly string[]): Statement[] {
  const bound = targetGroupsOf(stack, apps);
  const groups = bound.map(({ arn }) => arn);
  const opened = teamSecurityGroupArns(stack, [...new Set(bound.map(({ team }) => team))]);
  return [
    ...(groups.length === 0
      ? []
      : [allow("elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:RegisterTargets").on(...groups)]),
    ...(opened.length === 0
      ? []
      : [allow("ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress").on(...opened)]),
  ];
}
