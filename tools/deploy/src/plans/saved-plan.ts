import { createHash } from "node:crypto";
import { unambiguousJson } from "@demarc/shared/json";
import { z } from "zod";
import { recordedUse } from "../deployed/uses";
import type { Version } from "../states";

/** How long a saved plan may be applied, in hours: what it was made for changes, and it holds what a state holds. */
export const HOURS = 24;

const version = z.object({ lineage: z.string(), serial: z.number() });
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const change = z.object({
  address: z.string(),
  action: z.enum(["create", "update", "replace", "delete", "forget", "import", "move"]),
});

/** Part of a path: no more than stacks and projects are called. */
const name = z.string().regex(/^[a-z0-9-]+$/);

const stackPlan = z.object({
  id: name,
  project: name,
  team: z.string().optional(),
  state: z.union([
    z.object({ kind: z.literal("s3"), bucket: z.string(), key: z.string(), region: z.string() }),
    z.object({ kind: z.literal("local"), path: z.string() }),
  ]),
  /** The state that it was made from. Undefined: there was none. */
  version: version.optional(),
  /** Ids of the stacks of this plan that are applied before it. */
  after: z.array(z.string()),
  resources: z.array(change),
  outputs: z.array(z.string()),
  /** What it uses of contracts, which is recorded once it is applied. */
  uses: z.array(recordedUse),
  /** SHA-256 of the folder that is applied, with Terraform's plan in it. */
  folder: digest,
});

/** What will be applied to one stack. */
export type StackPlan = z.output<typeof stackPlan>;

const savedPlan = z.object({
  format: z.literal(1),
  environment: z.string(),
  cluster: z.string().optional(),
  account: z.string(),
  /** Commit that was planned. Undefined: it is no commit that Git knows, or there are changes beside it. */
  commit: z.string().optional(),
  madeAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  /** Version of Terraform. */
  terraform: z.string(),
  stacks: z.array(stackPlan),
  /** Stacks that are as they should be. */
  unchanged: z.array(z.object({ id: name, project: name, team: z.string().optional(), uses: z.array(recordedUse) })),
  /** Stacks that are planned once those before them are applied. */
  later: z.array(z.object({ id: z.string(), project: z.string(), because: z.string() })),
});

/** What was reviewed and will be applied, of several stacks. It holds no value: those lie in the folders that it names by digest. */
export type SavedPlan = z.output<typeof savedPlan>;

/** What is stored of it. What is approved is this text's digest. */
export function written(plan: SavedPlan): string {
  return JSON.stringify(plan, undefined, 2);
}

/** @returns undefined where it is no saved plan, or one of another version of the tool */
export function savedPlanIn(text: string): SavedPlan | undefined {
  return savedPlan.safeParse(unambiguousJson(text)).data;
}

/** SHA-256, in hexadecimal digits. */
export function digestOf(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

/** Whether a state is the one that a plan was made from. */
export function isSame(one: Version | undefined, other: Version | undefined): boolean {
  return one?.lineage === other?.lineage && one?.serial === other?.serial;
}
