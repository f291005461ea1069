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

/** What is otherwise in AWS or in a cluster than a stack's state has it. It holds no value. */
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
 * Looks whether somebody changed by hand what stacks of an environment have: Terraform compares each state with what is there, and
 * changes neither.
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
  const planned = await planStack({ directory, variables, action: "refresh", out: PLAN });
  const fault = planned.kind === "failed" ? planned.text : undefined;
  const json = planned.kind === "changes" ? await planAsJson(PLAN, { directory, variables }) : undefined;
  return [{ placed, fault, changes: json === undefined ? undefined : driftIn(json) }];
}

const change = z.object({ actions: z.array(z.string()).min(1) });
const driftedPlan = z.object({
  resource_drift: z.array(z.object({ address: z.string(), change })).default([]),
  output_changes: z.record(z.string(), change).default({}),
});

/** What a plan of `-refresh-only` finds, as `terraform show -json` writes it. @throws Error where it is none; it tells no value */
export function driftIn(json: string): Changes {
  const parsed = driftedPlan.safeParse(JSON.parse(json));
  if (!parsed.success) throw new Error("Terraform writes its plans otherwise than this tool reads them");
  const { resource_drift: resources, output_changes: outputs } = parsed.data;
  const changes = resources.map(({ address, change: { actions } }) => ({
    ...{ address, actions, movedFrom: undefined, isImported: false },
  }));
  return changesIn({ changes, outputs });
}
