import type { Environment, Problem } from "@demarc/shared/environment";
import { z } from "zod";
import { budget, taint } from "./disruption-settings";
import { hours, LONGEST_LIFE_HOURS } from "./hours";
import { requirement } from "./requirement-settings";

/** Pools, and the class, that EKS itself makes. A pool has a class of its name. */
const TAKEN = ["default", "general-purpose", "system"];

const amount = (form: RegExp, example: string) => z.string().regex(form, `must be an amount such as "${example}"`);

const nodePool = z.strictObject({
  /** What its nodes must be like. EKS takes the cheapest instance that fits them and the waiting pods. */
  requirements: z
    .array(requirement)
    .min(1, "must say what nodes are like: else EKS may start any instance there is")
    .readonly(),
  /** The most that all its nodes have together: above it, pods wait. */
  limits: z.strictObject({
    cpu: amount(/^[1-9]\d{0,5}$/, "64"),
    memory: amount(/^[1-9]\d{0,6}(Mi|Gi|Ti)$/, "256Gi"),
  }),
  /** EKS tries pools of more weight first; its own have none. @default 0 */
  weight: z.int("must be a whole number").min(0, "must be 0 to 100").max(100, "must be 0 to 100").default(0),
  /** Keep pods off that do not tolerate them. @default none */
  taints: z.array(taint).readonly().default([]),
  /** When EKS takes nodes away. `WhenEmpty` moves no pods. @default WhenEmptyOrUnderutilized, of its own pools too */
  consolidationPolicy: z
    .enum(["WhenEmpty", "WhenEmptyOrUnderutilized"], "must be WhenEmpty or WhenEmptyOrUnderutilized")
    .default("WhenEmptyOrUnderutilized"),
  /** How long after a pod's coming or going, such as 30s. @default 5m, in which a rollout ends */
  consolidateAfter: z
    .string()
    .regex(/^\d{1,4}[smh]$/, 'must be a time such as "30s", "5m" or "1h"')
    .default("5m"),
  /** How many nodes may be away at once. @default a tenth, as EKS has it */
  budgets: z
    .array(budget)
    .min(1, "must say how many nodes may go at once")
    .readonly()
    .default([{ nodes: "10%" }]),
  /** Hours until a node is replaced. EKS replaces each after 21 days at the latest. @default 336h, as EKS has it */
  expireAfter: hours(LONGEST_LIFE_HOURS).default("336h"),
  /** Hours that a node's pods get to stop, whatever their disruption budgets say. @default 24h, as EKS has it */
  terminationGracePeriod: hours(LONGEST_LIFE_HOURS).default("24h"),
  /** Size of a node's disk, which the key of volumes encrypts. @default 80, as EKS has it */
  diskGiB: z
    .int("must be a whole number of GiB")
    .min(20, "must be 20 to 59000")
    .max(59_000, "must be 20 to 59000")
    .default(80),
  /** Whether the nodes log what network policies let through and what not. @default false */
  networkPolicyEventLogs: z.boolean("must be true or false").default(false),
});

/** Pools of nodes beside those of EKS, in each cluster of Auto Mode. @default none */
export const nodePoolsSettings = z
  .record(
    z
      .string()
      .regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, "must be a short DNS label, such as batch")
      .refine((name) => !TAKEN.includes(name), "is EKS's own pool or class; take another name"),
    nodePool,
  )
  .default({});

export type NodePoolSettings = z.output<typeof nodePool>;
export type NodePoolsSettings = z.output<typeof nodePoolsSettings>;

/** Pools that no cluster would have. */
export function nodePoolProblems(pools: NodePoolsSettings, { clusters }: Pick<Environment, "clusters">): Problem[] {
  const kinds = Object.values(clusters).map(({ compute }) => compute.kind);
  if (Object.keys(pools).length === 0 || kinds.includes("auto-mode")) return [];
  const message = `no cluster of this environment is of auto-mode (they are of ${[...new Set(kinds)].join(", ")}), and nobody else reads pools; remove them. Managed nodes have node groups, in infra's settings`;
  return [{ path: "nodePools", message }];
}
