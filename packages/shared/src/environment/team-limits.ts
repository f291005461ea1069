import { z } from "zod";
import { amounts, amountsOfContainer } from "./amounts";

/**
 * How much of a cluster a team may take. The platform's quota and limit range hold pods to it, and an app that asks for more is refused
 * when it is synthesized: so both read it here.
 */
export const teamLimits = z.strictObject({
  /** Of all pods together. */
  quota: z
    .strictObject({
      /** Sum of what they request: what the scheduler sets aside. @default 8 CPUs, 16Gi, 25Gi of the nodes' disks */
      requests: amounts({ cpu: "8", memory: "16Gi", ephemeralStorage: "25Gi" }),
      /** Sum of what they may use at most. @default 16 CPUs, 32Gi, 50Gi of the nodes' disks */
      limits: amounts({ cpu: "16", memory: "32Gi", ephemeralStorage: "50Gi" }),
      /** Pods that run. Three times as many may be kept, with those that are done. @default 50 */
      pods: z.int("must be a whole number").min(0, "must be at least 0").default(50),
    })
    .prefault({}),
  /** The most that one container may be limited to. @default 4 CPUs, 8Gi, 10Gi of the node's disk */
  container: amountsOfContainer({ cpu: "4", memory: "8Gi", ephemeralStorage: "10Gi" }),
});

export type TeamLimits = z.output<typeof teamLimits>;

/** What tells the limits of teams: an environment. */
interface WithTeams {
  readonly teams: Readonly<Record<string, { readonly limits?: TeamLimits | undefined }>>;
}

/** A team's limits in an environment, or the defaults. */
export function limitsOf({ teams }: WithTeams, team: string): TeamLimits {
  return new Map(Object.entries(teams)).get(team)?.limits ?? teamLimits.parse({});
}
