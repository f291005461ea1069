import { isDeepStrictEqual } from "node:util";
import { producerOf, sourceOf } from "../contract";
import * as contracts from "../contracts";
import type { WorkspaceKind } from "../workspace";
import { type Arguments, type JudgedStack, unlisted } from "./condition";

/** Whose contracts a workspace may consume: no arrow goes back. */
const PRODUCERS: Readonly<Record<WorkspaceKind, readonly string[]>> = {
  infra: ["infra"],
  "k8s-platform": ["infra", "k8s-platform"],
  apps: ["infra", "k8s-platform"],
};

/** What `consume` writes; `defaults` would stand in for a producer that serves nothing. */
const ARGUMENTS = ["backend", "config", "lifecycle", "depends_on"];

/** Why a stack may not read a state: it is no producer's of a contract in the stack's environment and cluster. */
export function remoteStateFaults(state: Arguments, own: JudgedStack): string[] {
  const { backend, config } = state;
  const isProducers = sourcesOf(own).some((source) => isDeepStrictEqual({ backend, config }, source));
  const faults = unlisted(state, ARGUMENTS);
  if (isProducers) return faults;
  return [`${JSON.stringify(config)} is no state of a contract's producer that it may read`, ...faults];
}

/** What the states of all producers that a stack may consume of are read by. */
function sourcesOf({ environment, cluster, workspace }: JudgedStack) {
  return (
    Object.values(contracts)
      .filter((contract) => PRODUCERS[workspace.kind].includes(contract.workspace))
      // What the account has is infra's to hand on: nobody else has to read a state that all environments share.
      .filter(({ scope }) => scope !== "account" || workspace.kind === "infra")
      .map((contract) => producerOf(contract, environment, cluster))
      .filter((producer) => producer !== undefined)
      .map(({ backend }) => sourceOf(backend))
  );
}
