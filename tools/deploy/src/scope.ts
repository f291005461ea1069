import { type Environment, InvalidInput } from "@demarc/shared/environment";

/** What a command is about. */
export interface Scope {
  /** Name of the environment. */
  readonly environment: string;
  /** Short id of the one cluster that is meant. @default all of them, and what is of none */
  readonly cluster?: string | undefined;
}

/** @throws InvalidInput that names the clusters that there are, where the environment has none of that id */
export function checkCluster({ name, clusters }: Environment, cluster: string | undefined): void {
  if (cluster === undefined || Object.hasOwn(clusters, cluster)) return;
  const known = Object.keys(clusters).join(", ");
  const message = `there is no such cluster in ${name}; known are: ${known}. A new one is a line in "clusters" of the environment's file`;
  throw new InvalidInput([{ subject: `cluster "${cluster}"`, problems: [{ path: "", message }] }]);
}

/** Such as "cluster b of dev". */
export function nameOf({ environment, cluster }: Scope): string {
  return cluster === undefined ? environment : `cluster ${cluster} of ${environment}`;
}

/** Command of nx that does this with a workspace. */
export function nxCommand(action: "deploy" | "destroy", workspace: string, { environment, cluster }: Scope): string {
  const ofCluster = cluster === undefined ? "" : ` -- --cluster ${cluster}`;
  return `npx nx ${action} ${workspace} --configuration=${environment}${ofCluster}`;
}
