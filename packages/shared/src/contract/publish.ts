import { TerraformOutput } from "cdktf";
import { type Contract, outputName, outputsIn, type PublishedValues, refuseAbsent } from "./contract";
import type { ContractParty } from "./party";

/**
 * Publishes one version of a contract from the stack that owns it. While consumers move to a new version, publish both.
 * @throws Error where another stack than the contract's own publishes it, a version is published twice, or an output is given where
 *   there is none of it, or missing where there is one.
 */
export function publish<C extends Contract>(stack: ContractParty, contract: C, values: PublishedValues<C>): void {
  refuseAbsent(contract, stack, "publishes");
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
  new TerraformOutput(stack, name, { value: given(stack, contract, values), staticId: true });
}

/** The values without those of outputs that there are not here. */
function given<C extends Contract>(stack: ContractParty, contract: C, values: PublishedValues<C>) {
  const there = outputsIn(contract, stack);
  const known = new Map(Object.entries<unknown>(values).filter(([, value]) => value !== undefined));
  const wrong = Object.entries(contract.outputs).find(([key]) => key in there !== known.has(key));
  if (wrong === undefined) return Object.fromEntries(known);
  const [key, { presence }] = wrong;
  const how = known.has(key) ? "with" : "without";
  throw new Error(
    `${stack.node.id} publishes contract "${contract.name}" ${how} "${key}", which there is ${presence?.where ?? "everywhere"}`,
  );
}
