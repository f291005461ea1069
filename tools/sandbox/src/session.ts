import { type PlacedStack, type Scope, StackGraph, States } from "@demarc/deploy";
import { clusterName, clusterNames, type Environment, stateBucket } from "@demarc/shared/environment";
import type { Claim } from "./runs/claim";
import type { Layout } from "./layout";
import type { Servers } from "./local-aws/servers";
import type { Prepared } from "./preflight/prepare";
import type { Screen } from "./progress/display";
import { StateBucket } from "./states/bucket";
import { cleanVariables, CREDENTIALS, sandboxVariables } from "./variables";

/** A person, or a CI job, that reads what a command tells. */
export interface Console extends Screen {
  /** Tells one line. */
  readonly say: (line: string) => void;
}

/** What every command of the sandbox has. */
export interface Surroundings {
  readonly layout: Layout;
  /** Environment variables of the shell that called. */
  readonly inherited: NodeJS.ProcessEnv;
  readonly console: Console;
}

/** One environment in a local AWS that serves. */
export interface Session extends Surroundings, Prepared {
  readonly environment: Environment;
  /** Short id of the one cluster that the command is about. @default all, and what is of none */
  readonly cluster?: string | undefined;
  readonly servers: Servers;
  readonly claim: Claim;
}

/** What the command is about. */
export function scopeOf({ environment, cluster }: Pick<Session, "environment" | "cluster">): Scope {
  return { environment: environment.name, cluster };
}

/** Names in AWS of the clusters that the command is about. */
export function clusterNamesOf({ environment, cluster }: Pick<Session, "environment" | "cluster">): string[] {
  return cluster === undefined ? clusterNames(environment) : [clusterName(environment, cluster)];
}

/** Command that does that with what this one is about. */
export function commandFor(
  action: "up" | "plan" | "destroy",
  { environment, cluster }: Pick<Session, "environment" | "cluster">,
): string {
  return `npm run sandbox -- ${action} ${environment.name}${cluster === undefined ? "" : ` --cluster ${cluster}`}`;
}

/** Stacks that a deploy of what this command is about has, in its order. */
export function stacksToDeploy({ environment, cluster, projects }: Session): readonly PlacedStack[] {
  return new StackGraph(environment, projects).toDeploy(cluster);
}

/** Environment of what an account's administrator does in the local AWS: what must be there before any team can act. */
export function administratorVariablesOf({ layout, inherited, servers }: Session): NodeJS.ProcessEnv {
  return { ...cleanVariables(layout, inherited), ...sandboxVariables(layout, servers) };
}

/** Where the environment's states are. */
export function bucketOf({ environment, servers }: Pick<Session, "environment" | "servers">): StateBucket {
  return new StateBucket(stateBucket(environment), servers);
}

/** Looks at the states of stacks in the local AWS. */
export function statesOf({ servers }: Pick<Session, "servers">): States {
  return new States({ endpoint: servers.awsUrl, credentials: CREDENTIALS });
}
