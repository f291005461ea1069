import { comesAfter, type DeployableStack } from "@demarc/deploy";
import { accountStackId, type Environment } from "@demarc/shared/environment";
import type { Purpose } from "./builds";
import type { SynthesizedProject } from "../preflight/prepare";
import type { Job } from "./schedule";

/** A stack with its place among all that an environment has. */
export interface PlacedStack extends Job {
  readonly stack: DeployableStack;
  /** What it is deployed with. */
  readonly target: SynthesizedProject;
}

/**
 * Every stack of the projects after those that it needs: what it reads, what its project deploys before it and, as all states are
 * encrypted with a key of the account's, the account stack.
 */
export function inDeployOrder(environment: Environment, projects: readonly SynthesizedProject[]): PlacedStack[] {
  const account = accountStackId(environment);
  const all = projects.flatMap(({ stacks }) => stacks);
  return projects.flatMap((target) =>
    target.stacks.map((stack) => {
      const before = all.filter((other) => comesAfter(stack, other) || (other.id === account && stack.id !== account));
      return { id: stack.id, after: before.map(({ id }) => id), stack, target };
    }),
  );
}

/** The same stacks, each after those that need it. The account stack stays out: it can go last only, and by a way of its own. */
export function inDestroyOrder(environment: Environment, projects: readonly SynthesizedProject[]): PlacedStack[] {
  const account = accountStackId(environment);
  const placed = inDeployOrder(environment, projects).filter(({ id }) => id !== account);
  return placed.map((one) => ({
    ...one,
    after: placed.filter(({ after }) => after.includes(one.id)).map(({ id }) => id),
  }));
}

/** Short id of the cluster that a stack's state is filed under: `<environment>/<cluster>/<workspace>/<stack>.tfstate`. */
export function clusterIdOf({ state }: DeployableStack, { clusters }: Environment): string | undefined {
  const [, id = ""] = state.kind === "s3" ? state.key.split("/") : [];
  return clusters[id] === undefined ? undefined : id;
}

/** What must have been built before a stack is deployed. */
export function needsOf({ stack, target: { project } }: PlacedStack, environment: Environment): Purpose[] {
  if (clusterIdOf(stack, environment) === undefined) return [];
  return project.kind === "infra" ? ["control-plane"] : ["control-plane", "kubernetes-providers"];
}
