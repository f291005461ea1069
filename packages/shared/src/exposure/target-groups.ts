import { appsOf, targetGroupKey } from "../apps";
import { consume, terraformEntry } from "../contract";
import { edgeContract } from "../contracts";
import type { ClusterParty } from "./consequences";

/** A target group of infra's, for a host name of an app in one cluster. */
export interface TargetGroup {
  /** Team that the app belongs to. */
  readonly team: string;
  /** First label of the host name. */
  readonly hostname: string;
  /** A token. */
  readonly arn: string;
}

/** The target group of a host name in the stack's cluster. @param hostname its first label */
export function targetGroupArn(stack: ClusterParty, hostname: string): string {
  const { targetGroupArns } = consume(stack, edgeContract);
  return terraformEntry(targetGroupArns, targetGroupKey(stack.cluster, hostname));
}

/** Target groups in the stack's cluster, one for each host name of these apps. */
export function targetGroupsOf(stack: ClusterParty, apps: readonly string[]): TargetGroup[] {
  return appsOf(stack)
    .filter(({ name }) => apps.includes(name))
    .flatMap(({ team, hostnames }) =>
      hostnames.map((hostname) => ({ team, hostname, arn: targetGroupArn(stack, hostname) })),
    );
}
