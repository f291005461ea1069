import { producerOf } from "../contract";
import * as contracts from "../contracts";
import type { Environment } from "../environment";
import type { Backend } from "../state";
import type { WorkspaceKind } from "../workspace";

/** Whose contracts a workspace may consume: no arrow goes back. */
const PRODUCERS: Readonly<Record<WorkspaceKind, readonly string[]>> = {
  infra: ["infra"],
  "k8s-platform": ["infra", "k8s-platform"],
  apps: ["infra", "k8s-platform"],
};

/** Where the states of all producers lie that a stack may consume of. @param cluster short id of the stack's. Undefined: it has none */
export function producersFor(kind: WorkspaceKind, environment: Environment, cluster: string | undefined): Backend[] {
  return (
    Object.values(contracts)
      .filter((contract) => PRODUCERS[kind].includes(contract.workspace))
      // What the account has is infra's to hand on: nobody else has to read a state that all environments share.
      .filter(({ scope }) => scope !== "account" || kind === "infra")
      .map((contract) => producerOf(contract, environment, cluster))
      .filter((producer) => producer !== undefined)
      .map(({ backend }) => backend)
  );
}

/** Keys of all states that stacks of such a workspace may consume of, in any cluster, each once. */
export function producersOf(environment: Environment, kind: WorkspaceKind): string[] {
  const keys = [undefined, ...Object.keys(environment.clusters)]
    .flatMap((cluster) => producersFor(kind, environment, cluster))
    .flatMap((backend) => (backend.kind === "s3" ? [backend.key] : []));
  return [...new Set(keys)];
}
