import type { Plan } from "@demarc/gate";

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

/** What is read of a plan, to tell what it changes. */
interface Told {
  readonly changes: readonly Pick<Plan["changes"][number], "address" | "movedFrom" | "actions" | "isImported">[];
  readonly outputs: Readonly<Record<string, Pick<Plan["outputs"][string], "actions">>>;
}

export function changesIn({ changes, outputs }: Told): Changes {
  return {
    resources: changes.flatMap(({ address, movedFrom, actions, isImported }) => {
      const action = actionOf(actions) ?? (isImported ? "import" : movedFrom === undefined ? undefined : "move");
      return action === undefined ? [] : { address, action };
    }),
    outputs: Object.entries(outputs).flatMap(([name, { actions }]) => (actions[0] === "no-op" ? [] : name)),
  };
}

function actionOf(actions: readonly string[]): Action | undefined {
  if (actions.length > 1) return actions.includes("forget") ? "create" : "replace";
  const [only] = actions;
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
