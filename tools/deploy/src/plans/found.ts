import path from "node:path";
import { type Plan, readPlan } from "@demarc/gate";
import type { PlacedStack } from "../graph";
import type { Setting } from "../setting";
import type { Version } from "../states";
import { type Changes, changesIn } from "./changes";
import { PLAN } from "./folder";
import { planAsJson, planStack } from "./plan-stack";

/** Folder in which what an init makes is kept. */
const INITS = "inits";

/** What was found of one stack. */
export interface Found {
  readonly placed: PlacedStack;
  /** Undefined: nothing changes. It holds values, sensitive ones too. */
  readonly plan: Plan | undefined;
  /** What of it may be told. */
  readonly changes: Changes | undefined;
  /** What Terraform says is wrong. Undefined: nothing. */
  readonly fault: string | undefined;
  /** The state that was looked at. */
  readonly version: Version | undefined;
}

/** Plans one stack, and leaves what Terraform saves of it in its folder. */
export async function planOne(placed: PlacedStack, { states, variables, home }: Setting): Promise<Found> {
  const { directory, state } = placed.stack;
  const kept = path.join(home, INITS);
  // Looked at before, not after: a state that moves on in between makes the plan stale, not the look.
  const version = await states.version(state);
  const planned = await planStack({ directory, variables, out: PLAN, kept });
  const fault = planned.kind === "failed" ? planned.text : undefined;
  const isChanged = planned.kind === "changes";
  const plan = isChanged ? readPlan(placed.id, await planAsJson(PLAN, { directory, variables })) : undefined;
  return { placed, plan, changes: plan && changesIn(plan), fault, version };
}
