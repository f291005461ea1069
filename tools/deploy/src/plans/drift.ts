import { readPlan } from "@demarc/gate";
import { z } from "zod";
import { atOnce } from "../at-once";
import { checkBucket } from "../checks";
import type { PlacedStack, StackGraph } from "../graph";
import type { Scope } from "../scope";
import type { Setting } from "../setting";
import { forget, withGraph } from "../synthesized";
import { type Changes, changesIn } from "./changes";
import { PLAN } from "./folder";
import { planAsJson, planStack } from "./plan-stack";
import { actorsOfPlaced, stacksInScope } from "./plan";
import { driftLines } from "./text";

/** What was changed by hand of a stack. It holds no value. */
export interface Drifted {
  readonly placed: PlacedStack;
  /** Undefined: nothing. */
  readonly changes: Changes | undefined;
  /** What Terraform says is wrong. Undefined: nothing. */
  readonly fault: string | undefined;
}

/** Exit codes, as those of `plan`. */
const EXIT = { none: 0, failed: 1, drifted: 2 } as const;

/**
 * Looks whether somebody changed by hand what stacks of an environment have, and changes nothing.
 * @param look is given what was found
 * @returns exit code: 0 all is as the states have it, 2 something is not, 1 an error
 */
export async function drift(
  scope: Scope,
  setting: Setting,
  look: (found: readonly Drifted[]) => void,
): Promise<number> {
  return withGraph(setting.projects, scope.environment, setting, async (graph) => {
    try {
      const found = await driftOf(graph, scope, setting);
      look(found);
      if (found.some(({ fault }) => fault !== undefined)) return EXIT.failed;
      return found.some(({ changes }) => changes !== undefined) ? EXIT.drifted : EXIT.none;
    } finally {
      forget(graph.projects);
    }
  });
}

/** The same for stacks that are synthesized and checked. One that is not deployed cannot drift, and is left out. */
export async function driftOf(graph: StackGraph, scope: Scope, setting: Setting): Promise<Drifted[]> {
  const { say } = setting;
  const ids = stacksInScope(graph, scope, setting);
  const placed = graph.among(({ id }) => ids.includes(id));
  const actorOf = await actorsOfPlaced(placed, scope, setting);
  const [first] = placed;
  if (first !== undefined) await checkBucket(scope, [first.stack], actorOf(first).states);
  say(`Comparing ${scope.environment} with its states`);
  const found = await atOnce(placed, (one) => compared(one, actorOf(one)));
  const deployed = found.flat();
  for (const line of driftLines(deployed)) say(line);
  return deployed;
}

/** @returns none where the stack is not deployed */
async function compared(placed: PlacedStack, { states, variables }: Setting): Promise<Drifted[]> {
  const { directory, state } = placed.stack;
  if (!(await states.isDeployed(state))) return [];
  const planned = await planStack({ directory, variables, out: PLAN });
  const fault = planned.kind === "failed" ? planned.text : undefined;
  if (planned.kind !== "changes") return [{ placed, fault, changes: undefined }];
  const changes = driftIn(placed.id, await planAsJson(PLAN, { directory, variables }));
  return [{ placed, fault, changes: changes.resources.length === 0 ? undefined : changes }];
}

const drifted = z.object({
  resource_drift: z
    .array(z.object({ address: z.string(), change: z.object({ actions: z.array(z.string()).min(1) }) }))
    .default([]),
});

/**
 * What of a plan somebody changed by hand: what is otherwise than the state has it, and what a deploy would put back. Of the first alone
 * most is no news: AWS fills in by itself, and later, what nobody has set.
 * @param json as `terraform show -json` writes it
 */
export function driftIn(subject: string, json: string): Changes {
  const found = drifted.parse(JSON.parse(json)).resource_drift;
  const changes = found.map(({ address, change: { actions } }) => ({
    ...{ address, actions, movedFrom: undefined, isImported: false },
  }));
  const putBack = changesIn(readPlan(subject, json)).resources.map(({ address }) => address);
  const { resources } = changesIn({ changes, outputs: {} });
  return { resources: resources.filter(({ address }) => putBack.includes(address)), outputs: [] };
}
