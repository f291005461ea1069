import * as contracts from "../contracts";
import { type Backend, stateOf } from "../state";
import { isDeepStrictEqual } from "node:util";
import { type Arguments, type JudgedStack, unlisted } from "./condition";
import type { WorkspaceKind } from "../workspace";

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
  const { backend: kind, config } = state;
  const isProducers = producersOf(own).some(
    (backend) => backend.kind === kind && isDeepStrictEqual(config, addressOf(backend)),
  );
  const faults = unlisted(state, ARGUMENTS);
  if (isProducers) return faults;
  return [`${JSON.stringify(config)} is no state of a contract's producer that it may read`, ...faults];
}

function producersOf({ environment, cluster, workspace }: JudgedStack): Backend[] {
  return Object.values(contracts).flatMap((contract) => {
    if (!PRODUCERS[workspace.kind].includes(contract.workspace)) return [];
    if (contract.scope === "environment") {
      return [stateOf(environment, contract.workspace, contract.stack).backend];
    }
    return cluster === undefined ? [] : [stateOf(environment, contract.workspace, contract.stack, cluster).backend];
  });
}

function addressOf(backend: Backend): Arguments {
  if (backend.kind === "local") return { path: backend.path };
  const { bucket, key, region } = backend;
  return { bucket, key, region };
}
