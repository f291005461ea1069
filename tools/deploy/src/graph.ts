import { isDeepStrictEqual } from "node:util";
import { accountStackId, type Environment } from "@demarc/shared/environment";
import { placeOf } from "./place";
import type { Project } from "./projects";
import type { Job } from "./schedule";
import type { DeployableStack } from "./stacks";

/** A project as it was synthesized for one environment. */
export interface SynthesizedProject {
  readonly project: Project;
  /** Folder of the stacks that were checked. */
  readonly checked: string;
  /** Every stack of the environment, and the account's. */
  readonly stacks: readonly DeployableStack[];
}

/** A stack with its place among all that an environment has. */
export interface PlacedStack extends Job {
  readonly stack: DeployableStack;
  /** What it is deployed with. */
  readonly target: SynthesizedProject;
  /** Short id of the cluster that it belongs to. Undefined: the whole environment has it, or the account. */
  readonly cluster: string | undefined;
}

/**
 * All stacks of an environment's workspaces, each with those that it comes after: those that it reads, in whatever project, those that
 * its project deploys before it and, as all states are encrypted with a key of the account's, the account stack. Every command that
 * goes from stack to stack goes by this order.
 */
export class StackGraph {
  /** Each one after those that it comes after. */
  readonly stacks: readonly PlacedStack[];

  /** @param projects those whose stacks are in it. What a stack reads of any other is not in its `after` */
  constructor(
    private readonly environment: Environment,
    projects: readonly SynthesizedProject[],
  ) {
    const account = accountStackId(environment);
    const all = projects.flatMap((target) => target.stacks.map((stack) => ({ stack, target })));
    const placed = all.map(({ stack, target }): PlacedStack => {
      const before = all.filter(
        ({ stack: other }) => comesAfter(stack, other) || (other.id === account && stack.id !== account),
      );
      const cluster = clusterOf(stack, environment);
      return { id: stack.id, after: before.map(({ stack: { id } }) => id), stack, target, cluster };
    });
    this.stacks = firstFirst(placed);
  }

  /** The stacks to deploy. */
  toDeploy(): readonly PlacedStack[] {
    return this.stacks;
  }

  /** The stacks to destroy, each after those that need it. The account stack is none of them: other environments need it. */
  toDestroy(): PlacedStack[] {
    const placed = this.stacks.filter(({ id }) => id !== accountStackId(this.environment)).toReversed();
    return placed.map((one) => ({
      ...one,
      after: placed.filter(({ after }) => after.includes(one.id)).map(({ id }) => id),
    }));
  }
}

/** Whether a stack is deployed after another one: because it reads it, or as its project wants it. */
function comesAfter(stack: DeployableStack, other: DeployableStack): boolean {
  return stack.after.includes(other.id) || stack.reads.some((read) => isDeepStrictEqual(read, other.state));
}

function clusterOf({ state }: DeployableStack, { name, clusters }: Environment): string | undefined {
  const cluster = placeOf(name, state)?.cluster;
  return cluster !== undefined && Object.hasOwn(clusters, cluster) ? cluster : undefined;
}

function firstFirst(stacks: readonly PlacedStack[]): PlacedStack[] {
  const ordered = new Set<PlacedStack>();
  const seen = new Set<PlacedStack>();
  const visit = (placed: PlacedStack): void => {
    if (seen.has(placed)) return;
    seen.add(placed);
    stacks.filter(({ id }) => placed.after.includes(id)).forEach(visit);
    ordered.add(placed);
  };
  stacks.forEach(visit);
  return [...ordered];
}
