import {
  DataTerraformRemoteStateLocal,
  DataTerraformRemoteStateS3,
  propertyAccess,
  type TerraformRemoteState,
  Token,
} from "cdktf";
import type { StateLocation } from "../state";
import { type Contract, type ConsumedValues, outputName, outputsIn, refuseAbsent, remoteStateId } from "./contract";
import type { Consumed, OutputType } from "./output";
import type { ContractParty } from "./party";
import { producerOf, sourceOf } from "./producer";

/**
 * Reads a contract from its producer's state. The plan fails with one sentence when the producer does not serve this
 * version, or lacks an output: what was wanted, what is served, what to deploy first.
 * @returns a value for each output; undefined for one that there is not in the stack's environment or cluster
 * @throws Error where a contract of each cluster is read by a stack of none, or the environment has no such contract.
 */
export function consume<C extends Contract>(stack: ContractParty, contract: C): ConsumedValues<C> {
  refuseAbsent(contract, stack, "consumes");
  const remote = remoteState(stack, contract);
  const values = remote.get(outputName(contract));
  const entries = Object.entries(outputsIn(contract, stack)).map(([key, { type }]) => [
    key,
    converters[type](propertyAccess(values, [key])),
  ]);
  return Object.fromEntries(entries) as ConsumedValues<C>;
}

const converters: { readonly [T in OutputType]: (value: unknown) => Consumed[T] } = {
  string: (value) => Token.asString(value),
  strings: (value) => Token.asList(value),
  map: (value) => Token.asStringMap(value),
  number: (value) => ({ opaque: "number", reference: Token.asString(value) }),
  boolean: (value) => ({ opaque: "boolean", reference: Token.asString(value) }),
};

function remoteState(stack: ContractParty, contract: Contract): TerraformRemoteState {
  const producer = stateToRead(stack, contract);
  const id = remoteStateId(contract);
  const known = stack.node.tryFindChild(id);
  if (known instanceof DataTerraformRemoteStateS3 || known instanceof DataTerraformRemoteStateLocal) return known;

  const remote = readState(stack, id, producer);
  remote.addOverride("lifecycle.postcondition", [served(contract, producer, Object.keys(outputsIn(contract, stack)))]);
  stack.dependOn(producer.stackId);
  return remote;
}

function stateToRead({ node, environment, cluster }: ContractParty, contract: Contract): StateLocation {
  const producer = producerOf(contract, environment, cluster);
  if (producer !== undefined) return producer;
  throw new Error(
    `${node.id} consumes contract "${contract.name}", of which each cluster has one, and is a stack of no cluster; give it one`,
  );
}

function readState(stack: ContractParty, id: string, producer: StateLocation): TerraformRemoteState {
  const { backend, config } = sourceOf(producer.backend);
  if (backend === "local") return new DataTerraformRemoteStateLocal(stack, id, config);
  return new DataTerraformRemoteStateS3(stack, id, config);
}

/** Terraform reads `self.outputs` after the state, and stops before anything that hangs from it. */
function served(
  contract: Contract,
  producer: StateLocation,
  outputs: readonly string[],
): { condition: string; error_message: string } {
  const name = outputName(contract);
  const wanted = `[${outputs.map((key) => `"${key}"`).join(", ")}]`;
  const missing = `setsubtract(${wanted}, keys(self.outputs.${name}))`;
  const versions = `[for name in keys(self.outputs) : trimprefix(name, "${contract.name}_v") if startswith(name, "${contract.name}_v")]`;
  const wayOut = `Deploy it first: ${deployCommand(producer)}`;
  const notServed = `Contract ${contract.name} version ${String(contract.version)} is not served by stack ${producer.stackId} of ${contract.workspace}, which serves \${length(${versions}) == 0 ? "none" : join(", ", ${versions})}. ${wayOut}`;
  const incomplete = `Contract ${contract.name} version ${String(contract.version)} of stack ${producer.stackId} of ${contract.workspace} lacks \${join(", ", ${missing})}. ${wayOut}`;
  return {
    condition: `\${can(self.outputs.${name}) && try(length(${missing}) == 0, false)}`,
    error_message: `\${can(self.outputs.${name}) ? "${incomplete}" : "${notServed}"}`,
  };
}

function deployCommand({ workspace, environment }: StateLocation): string {
  return `npx nx deploy ${workspace} --configuration=${environment}`;
}
