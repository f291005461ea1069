import type { Environment } from "../environment";
import { accountStateOf, type Backend, type StateLocation, stateOf } from "../state";
import type { Contract } from "./contract";

/**
 * State of the stack that publishes a contract.
 * @param cluster short id of the one that it is asked for. Undefined: of none, and then a contract of each cluster has no producer
 */
export function producerOf(
  { scope, workspace, stack }: Contract,
  environment: Environment,
  cluster: string | undefined,
): StateLocation | undefined {
  if (scope === "account") return accountStateOf(environment);
  if (scope === "environment") return stateOf(environment, workspace, stack);
  return cluster === undefined ? undefined : stateOf(environment, workspace, stack, cluster);
}

/** How a remote state names a backend, in Terraform's arguments. */
export type RemoteStateSource =
  | { readonly backend: "local"; readonly config: { readonly path: string } }
  | {
      readonly backend: "s3";
      readonly config: { readonly bucket: string; readonly key: string; readonly region: string };
    };

/** What a state is read by. */
export function sourceOf(backend: Backend): RemoteStateSource {
  if (backend.kind === "local") return { backend: "local", config: { path: backend.path } };
  const { bucket, key, region } = backend;
  return { backend: "s3", config: { bucket, key, region } };
}
