import { consume, terraformEntry } from "../contract";
import { clusterContract } from "../contracts";
import { arn } from "../environment";
import type { ClusterParty } from "./consequences";

/** ARNs of the security groups that these teams' pods have of their own in the stack's cluster. Empty where they have none. */
export function teamSecurityGroupArns(stack: ClusterParty, teams: readonly string[]): string[] {
  const { teamSecurityGroupIds: ids } = consume(stack, clusterContract);
  if (ids === undefined) return [];
  return teams.map((team) => arn(stack.environment, "ec2", `security-group/${terraformEntry(ids, team)}`));
}
