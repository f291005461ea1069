import { consume } from "../contract";
import { edgeContract } from "../contracts";
import type { Consequences } from "./consequences";

/**
 * infra owns the ALB and a target group for each app, to which pods bind. Not built yet: a TargetGroupBinding would take any target
 * group that the load balancer controller may, until a policy looks at it.
 */
export const targetGroupBinding: Consequences<"target-group-binding"> = {
  kinds: [],
  scheme: () => "internet-facing",
  edgeApps: ({ apps }) => apps,
  cidrs: (stack) => consume(stack, edgeContract).subnetCidrs,
};
