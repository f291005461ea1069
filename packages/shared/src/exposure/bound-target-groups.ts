import { consume } from "../contract";
import { edgeContract } from "../contracts";
import type { ClusterParty } from "./consequences";
import { edgeApps } from "./edge";
import { type TargetGroup, targetGroupsOf } from "./target-groups";

/** What teams may bind their pods to. */
export interface BoundTargetGroups {
  readonly targetGroups: readonly TargetGroup[];
  /** The load balancer's security group: a token. */
  readonly securityGroupId: string;
}

/** The target groups of infra's in a cluster that apps bind to. Undefined where infra has no load balancer. */
export function boundTargetGroups(stack: ClusterParty): BoundTargetGroups | undefined {
  const apps = edgeApps(stack.environment.exposures).map(({ name }) => name);
  if (apps.length === 0) return undefined;
  const { securityGroupId } = consume(stack, edgeContract);
  return { targetGroups: targetGroupsOf(stack, apps), securityGroupId };
}
