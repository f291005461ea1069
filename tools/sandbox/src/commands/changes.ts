import { isDeepStrictEqual } from "node:util";
import type { DeployableStack, PlacedStack, StateAddress } from "@demarc/deploy";
import { ACCESS_STACK } from "@demarc/shared/environment";
import { stateOf } from "@demarc/shared/state";
import { variablesOfStack } from "../runs/identity";
import { bucketOf, type Session } from "../session";
import { planStacks } from "../terraform/plan";
import { planLine } from "./plan";

type Outputs = ReadonlyMap<string, unknown>;

/**
 * What there is to deploy. Terraform's own plan tells it of every stack that is there already, in half of the time that an apply
 * without a change takes; a stack whose plan is empty is deployed all the same where what it reads has become another meanwhile.
 */
export class Changes {
  private constructor(
    private readonly session: Session,
    /** Ids of those whose plan is empty. */
    private readonly unchanged: ReadonlySet<string>,
    /** Outputs that they were planned with, by state. */
    private readonly outputs: Outputs,
    /** Whether nothing at all would change. */
    readonly none: boolean,
  ) {}

  static async in(stacks: readonly PlacedStack[], session: Session): Promise<Changes> {
    const { console, layout } = session;
    const outputs = await outputsOf(session);
    const isThere = (state: StateAddress) => state.kind === "s3" && outputs.has(state.key);
    // Without the roles that plan, nothing can be planned.
    const roles = stateOf(session.environment, "infra", ACCESS_STACK).backend;
    const plannable = stacks
      .map(({ stack }) => stack)
      .filter(({ state, reads }) => [roles, state, ...reads].every(isThere));
    if (plannable.length > 0) await session.builds.done(console.say);
    if (plannable.length > 0) console.say(`\nLooking for changes in ${String(plannable.length)} stacks`);
    const variables = (stack: DeployableStack) => variablesOfStack(session, stack, "plan");
    const results = await planStacks(plannable, variables, layout, (stack, result, milliseconds) => {
      console.say(planLine(stack, result, milliseconds));
    });
    const unchanged = plannable.filter((_, index) => results[index]?.kind === "unchanged").map(({ id }) => id);
    return new Changes(session, new Set(unchanged), outputs, unchanged.length === stacks.length);
  }

  /** Whether a stack has anything to deploy, now that those before it are deployed. */
  async concern({ id, stack }: PlacedStack): Promise<boolean> {
    if (!this.unchanged.has(id)) return true;
    const now = await outputsOf(this.session);
    return stack.reads.some(
      (state) => state.kind === "s3" && !isDeepStrictEqual(now.get(state.key), this.outputs.get(state.key)),
    );
  }
}

async function outputsOf(session: Session): Promise<Outputs> {
  const states = await bucketOf(session).states();
  return new Map(states.map(({ key, outputs }) => [key, outputs]));
}
