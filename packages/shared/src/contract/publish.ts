import { TerraformOutput } from "cdktf";
import { type Contract, outputName, type PublishedValues } from "./contract";
import type { ContractParty } from "./party";

/**
 * Publishes one version of a contract from the stack that owns it. While consumers move to a new version, publish both.
 * @throws Error where another stack than the contract's own publishes it, or a version is published twice.
 */
export function publish<C extends Contract>(stack: ContractParty, contract: C, values: PublishedValues<C>): void {
  const name = outputName(contract);
  if (stack.workspace.name !== contract.workspace || stack.stackName !== contract.stack) {
    throw new Error(
      `${stack.node.id} publishes contract "${contract.name}", which belongs to stack "${contract.stack}" of ${contract.workspace}; publish it there`,
    );
  }
  if (stack.node.tryFindChild(name) !== undefined) {
    throw new Error(
      `${stack.node.id} publishes contract "${contract.name}" version ${String(contract.version)} twice; remove one`,
    );
  }
  new TerraformOutput(stack, name, { value: values, staticId: true });
}
