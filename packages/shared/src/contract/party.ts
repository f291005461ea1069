import type { TerraformStack } from "cdktf";
import type { Environment } from "../environment";

/** A stack as contracts know it: what it is of, and in which order it is deployed. */
export interface ContractParty extends TerraformStack {
  readonly workspace: { readonly name: string };
  /** Name of the stack in its workspace, such as `network`. */
  readonly stackName: string;
  readonly environment: Environment;
  /** Short id of the cluster that it belongs to. Undefined: it is one for the whole environment. */
  readonly cluster: string | undefined;
  /** Records that a stack must be deployed before this one. @param stackId such as `dev-network` */
  dependOn(stackId: string): void;
}
