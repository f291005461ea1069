import type { Statement } from "../iam";
import type { ClusterParty } from "./consequences";
import { each } from "./registry";

/** What the load balancer controller of a cluster does in AWS for the environment's exposures, beside looking things up. */
export function controllerPermissions(stack: ClusterParty): Statement[] {
  const statements = each(
    stack.environment.exposures,
    ({ controllerPermissions: permissions }, exposure) => permissions?.(stack, exposure) ?? [],
  ).flat();
  // Those that two exposures need alike once.
  return [...new Map(statements.map((statement) => [JSON.stringify(statement), statement])).values()];
}
