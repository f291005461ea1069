import { z } from "zod";
import { distinct } from "../../../distinct";

/** Pools of nodes that EKS itself makes and keeps. `system` is for pods that tolerate the taint CriticalAddonsOnly. */
const builtInPools = ["general-purpose", "system"] as const;

/** EKS Auto Mode: EKS starts a node for whatever waits, and keeps pod network, volumes and load balancers. */
export const autoModeSettings = z.strictObject({
  kind: z.literal("auto-mode"),
  /**
   * Which of EKS's own pools the cluster has; k8s-platform may make others. EKS takes the role of its pools' nodes with the first of them
   * and no other afterwards: a change between none and some replaces the cluster. @default both
   */
  nodePools: z
    .array(z.enum(builtInPools, `must be one of ${builtInPools.join(", ")}`))
    .refine(distinct, "names a pool twice; name each once")
    .default([...builtInPools]),
});

export type AutoModeSettings = z.output<typeof autoModeSettings>;
