import { z } from "zod";

/** What a plan does with a resource. `import`: it is there, and comes into the state. `move`: it has another address from now on. */
export type Action = "create" | "update" | "replace" | "delete" | "forget" | "import" | "move";

/** What a plan does with one resource. It holds no value of the resource's. */
export interface Change {
  readonly address: string;
  readonly action: Action;
}

/** What a plan changes. */
export interface Changes {
  readonly resources: readonly Change[];
  /** Names of the outputs that get another value, or one that is not known yet. */
  readonly outputs: readonly string[];
}

const actions = z.array(z.string());

/** What is read of it: https://developer.hashicorp.com/terraform/internals/json-format, version 1. */
const planJson = z.object({
  format_version: z.string().startsWith("1."),
  resource_changes: z
    .array(
      z.object({
        address: z.string(),
        previous_address: z.string().optional(),
        change: z.object({ actions, importing: z.unknown().optional() }),
      }),
    )
    .default([]),
  output_changes: z.record(z.string(), z.object({ actions })).default({}),
});

/** What a plan changes. @param json what `terraform show -json` tells of it */
export function changesIn(json: string): Changes {
  const { resource_changes: resources, output_changes: outputs } = planJson.parse(JSON.parse(json));
  return {
    resources: resources.flatMap(({ address, previous_address: previous, change: { actions: done, importing } }) => {
      const action = actionOf(done) ?? (importing ? "import" : previous === undefined ? undefined : "move");
      return action === undefined ? [] : { address, action };
    }),
    outputs: Object.entries(outputs).flatMap(([name, { actions: done }]) => (done[0] === "no-op" ? [] : name)),
  };
}

function actionOf(done: readonly string[]): Action | undefined {
  if (done.length > 1) return done.includes("forget") ? "create" : "replace";
  const [only] = done;
  return only === "create" || only === "update" || only === "delete" || only === "forget" ? only : undefined;
}

/** The order in which they are told: what takes something away is told first. */
const TOLD: readonly Action[] = ["delete", "replace", "forget", "create", "update", "import", "move"];

/** Such as "1 to replace, 2 to create". */
export function summaryOf({ resources, outputs }: Changes): string {
  const parts = TOLD.flatMap((action) => {
    const count = resources.filter((change) => change.action === action).length;
    return count === 0 ? [] : `${String(count)} to ${action}`;
  });
  return parts.length > 0 ? parts.join(", ") : `outputs alone: ${outputs.join(", ")}`;
}
