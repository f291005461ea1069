import { isDeepStrictEqual } from "node:util";
import { sourceOf } from "../contract";
import { type Arguments, type JudgedStack, unlisted } from "./condition";
import { producersFor } from "./producers";

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
  return producersFor(workspace.kind, environment, cluster).map(sourceOf);
}
