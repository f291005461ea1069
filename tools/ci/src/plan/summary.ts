import { z } from "zod";

const change = z.object({
  address: z.string(),
  action: z.enum(["create", "update", "replace", "delete", "forget", "import", "move"]),
});

const stack = z.object({
  id: z.string(),
  workspace: z.string(),
  team: z.string().optional(),
  /** `later`: it is planned once others are applied. */
  outcome: z.enum(["changes", "unchanged", "later", "failed"]),
  /** Why it is planned later, or the headlines of what Terraform says is wrong. */
  because: z.string().optional(),
  resources: z.array(change),
  /** Names of the outputs that change. */
  outputs: z.array(z.string()),
});

const contractChange = z.object({
  /** Id of the stack that publishes it. */
  stack: z.string(),
  contract: z.string(),
  version: z.number(),
  outputs: z.array(z.object({ name: z.string(), change: z.enum(["new", "changed", "gone"]) })),
  /** Who uses which of them. */
  users: z.array(z.object({ stack: z.string(), team: z.string(), outputs: z.array(z.string()) })),
});
export type ContractChange = z.output<typeof contractChange>;

const finding = z.object({
  stack: z.string(),
  address: z.string(),
  rule: z.string(),
  verdict: z.enum(["refused", "allowed", "told"]),
  reason: z.string(),
  allow: z.string(),
});

/** What a plan of an environment is told of, in a file of JSON. It has actions, addresses and names, and no value. */
export const summary = z.object({
  format: z.literal(1),
  /** What was looked for: what a deploy would change, or what somebody changed by hand. */
  of: z.enum(["plan", "drift"]).default("plan"),
  environment: z.string(),
  workspaces: z.array(z.string()),
  /** What kept all of it from being planned. */
  fault: z.string().optional(),
  stacks: z.array(stack),
  contracts: z.array(contractChange),
  findings: z.array(finding),
  /** By which a saved plan is approved. */
  digest: z.string().optional(),
  /** Ids of the stacks that change otherwise than was reviewed: somebody has to approve that. */
  notReviewed: z.array(z.string()).default([]),
});
export type Summary = z.output<typeof summary>;
export type StackSummary = z.output<typeof stack>;

/** Whether a plan failed, or the gate refused a part of it. */
export function hasFailed({ fault, stacks, findings }: Summary): boolean {
  return (
    fault !== undefined ||
    stacks.some(({ outcome }) => outcome === "failed") ||
    findings.some(({ verdict }) => verdict === "refused")
  );
}

/** A summary of what was not planned at all. */
export function unplanned(environment: string, workspaces: readonly string[], fault?: string): Summary {
  const nothing = { stacks: [], contracts: [], findings: [], notReviewed: [] };
  return {
    ...{ format: 1, of: "plan", environment, workspaces: [...workspaces] },
    ...nothing,
    ...(fault === undefined ? {} : { fault }),
  };
}
