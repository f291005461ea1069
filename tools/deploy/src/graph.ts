import { isDeepStrictEqual } from "node:util";
import { accountStackId, administratorsStackIds, type Environment } from "@demarc/shared/environment";
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
 * its project deploys before it and the administrators' stacks, which have the key of all states and the roles that deploy. Every command
 * that goes from stack to stack goes by this order.
 */
export class StackGraph {
  /** Each one after those that it comes after. */
  readonly stacks: readonly PlacedStack[];

  /** @param projects those whose stacks are in it. What a stack reads of any other is not in its `after` */
  constructor(
    private readonly environment: Environment,
    readonly projects: readonly SynthesizedProject[],
  ) {
    const first = administratorsStackIds(environment);
    const all = projects.flatMap((target) => target.stacks.map((stack) => ({ stack, target })));
    const placed = all.map(({ stack, target }): PlacedStack => {
      const before = all.filter(({ stack: other }) => comesAfter(stack, other) || isBefore(first, other.id, stack.id));
      const cluster = clusterOf(stack, environment);
      return { id: stack.id, after: before.map(({ stack: { id } }) => id), stack, target, cluster };
    });
    this.stacks = firstFirst(placed);
  }

  /**
   * The stacks to deploy.
   * @param cluster short id of the one whose stacks are meant, with those of no cluster that they stand on. @default all stacks
   */
  toDeploy(cluster?: string): readonly PlacedStack[] {
    if (cluster === undefined) return this.stacks;
    const own = this.stacks.filter((placed) => placed.cluster === cluster);
    const under = this.under(own);
    return this.among((placed) => own.includes(placed) || (placed.cluster === undefined && under.has(placed.id)));
  }

  /**
   * The stacks that a destroy takes away, in the order of a deploy. The account stack is none of them: other environments need it.
   * @param cluster short id of the one whose stacks are meant, with nothing of no cluster: other clusters stand on that. @default all
   */
  toDestroy(cluster?: string): PlacedStack[] {
    const account = accountStackId(this.environment);
    return this.among((placed) => placed.id !== account && (cluster === undefined || placed.cluster === cluster));
  }

  /** Ids of all that these stacks stand on: what they come after, and what that comes after. */
  under(stacks: readonly PlacedStack[]): ReadonlySet<string> {
    const found = new Set<string>();
    const visit = ({ after }: PlacedStack): void => {
      for (const placed of this.stacks) {
        if (found.has(placed.id) || !after.includes(placed.id)) continue;
        found.add(placed.id);
        visit(placed);
      }
    };
    stacks.forEach(visit);
    return found;
  }

  /** Stacks that are none of these and come directly after some of them, with those alone as what they come after. */
  standingOn(stacks: readonly PlacedStack[]): PlacedStack[] {
    const ids = new Set(stacks.map(({ id }) => id));
    const others = this.stacks.filter(({ id }) => !ids.has(id));
    return others.flatMap((placed) => {
      const after = placed.after.filter((id) => ids.has(id));
      return after.length === 0 ? [] : { ...placed, after };
    });
  }

  /** Some of the stacks, each after those of them that it stands on: by one that is left out too. */
  among(isMeant: (placed: PlacedStack) => boolean): PlacedStack[] {
    const meant = this.stacks.filter(isMeant);
    const before = (placed: PlacedStack, seen: Set<string>): string[] =>
      this.stacks
        .filter(({ id }) => placed.after.includes(id) && !seen.has(id))
        .flatMap((one) => {
          seen.add(one.id);
          return meant.includes(one) ? [one.id] : before(one, seen);
        });
    return meant.map((placed) => ({ ...placed, after: before(placed, new Set()) }));
  }
}

/** The same stacks, each after those that need it. */
export function lastFirst(stacks: readonly PlacedStack[]): PlacedStack[] {
  return stacks.toReversed().map((one) => ({
    ...one,
    after: stacks.filter(({ after }) => after.includes(one.id)).map(({ id }) => id),
  }));
}

/** What a project has of some stacks. */
interface ProjectStacks extends Job {
  readonly target: SynthesizedProject;
  readonly stacks: readonly PlacedStack[];
}

/** The stacks of each project, of which each project comes after those that its stacks come after. */
export function byProject(all: readonly PlacedStack[]): ProjectStacks[] {
  const projects = [...new Set(all.map(({ target }) => target))].map((target): ProjectStacks => {
    const stacks = all.filter((placed) => placed.target === target);
    const before = all.filter(({ id }) => stacks.some(({ after }) => after.includes(id)));
    const after = before.map(({ target: { project } }) => project.name);
    return { id: target.project.name, after: after.filter((name) => name !== target.project.name), target, stacks };
  });
  return firstFirst(projects);
}

/** Whether one id is among the first, and another one comes after it there, or is none of them. */
function isBefore(first: readonly string[], one: string, other: string): boolean {
  const [at, otherAt] = [first.indexOf(one), first.indexOf(other)];
  return at !== -1 && (otherAt === -1 || at < otherAt);
}

/** Whether a stack is deployed after another one: because it reads it, or as its project wants it. */
function comesAfter(stack: DeployableStack, other: DeployableStack): boolean {
  return stack.after.includes(other.id) || stack.reads.some((read) => isDeepStrictEqual(read, other.state));
}

function clusterOf({ state }: DeployableStack, { name, clusters }: Environment): string | undefined {
  const cluster = placeOf(name, state)?.cluster;
  return cluster !== undefined && Object.hasOwn(clusters, cluster) ? cluster : undefined;
}

function firstFirst<J extends Job>(jobs: readonly J[]): J[] {
  const ordered: J[] = [];
  const seen = new Set<J>();
  const visit = (job: J): void => {
    if (seen.has(job)) return;
    seen.add(job);
    jobs.filter(({ id }) => job.after.includes(id)).forEach(visit);
    ordered.push(job);
  };
  jobs.forEach(visit);
  return ordered;
}
