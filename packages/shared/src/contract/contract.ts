import type { ContractParty } from "./party";
import type { Consumed, Output, OutputType, Published } from "./output";
import type { Presence } from "./presence";

export type Outputs = Readonly<Record<string, Output>>;

/** What one workspace promises another. */
export interface Contract<O extends Outputs = Outputs> {
  /** Unique; also the prefix of the output that carries it in the producer's state. */
  readonly name: string;
  /** Raised when an output is removed or changes its meaning; a new output needs no new version. */
  readonly version: number;
  /** Workspace of the producer. */
  readonly workspace: "infra" | "k8s-platform";
  /** Stack of the producer. */
  readonly stack: string;
  /** One for an environment, one for each of its clusters, or one for all environments of an account and region. */
  readonly scope: "environment" | "cluster" | "account";
  /** Where there is a producer. @default everywhere */
  readonly presence?: Presence;
  readonly outputs: O;
}

/** What an output is in TypeScript: undefined too where it is not everywhere. */
type ValueOf<O, Types extends Readonly<Record<OutputType, unknown>>> =
  O extends Output<infer T extends OutputType>
    ? O extends { readonly presence: Presence }
      ? Types[T] | undefined
      : Types[T]
    : never;

/** The values that the producer of a contract gives: every key, each of its type. */
export type PublishedValues<C extends Contract> = {
  readonly [K in keyof C["outputs"]]: ValueOf<C["outputs"][K], Published>;
};

/** The values that a consumer of a contract gets. */
export type ConsumedValues<C extends Contract> = {
  readonly [K in keyof C["outputs"]]: ValueOf<C["outputs"][K], Consumed>;
};

/** Defines a contract; its keys and types are known to the compiler on both sides. */
export function defineContract<const O extends Outputs>(contract: Contract<O>): Contract<O> {
  return contract;
}

/** Name of the Terraform output that carries one version of a contract, such as `dns_v1`. */
export function outputName({ name, version }: Pick<Contract, "name" | "version">): string {
  return `${name}_v${String(version)}`;
}

/** Name of the remote state that one version of a contract is read from, such as `infra-dns-v1`. */
export function remoteStateId({ workspace, name, version }: Pick<Contract, "workspace" | "name" | "version">): string {
  return `${workspace}-${name}-v${String(version)}`;
}

/** The outputs that a contract has in a stack's environment and cluster. */
export function outputsIn(
  { outputs }: Pick<Contract, "outputs">,
  { environment, cluster }: Pick<ContractParty, "environment" | "cluster">,
): Outputs {
  const there = Object.entries(outputs).filter(([, { presence }]) => presence?.holds(environment, cluster) ?? true);
  return Object.fromEntries(there);
}

/** @throws Error where the contract is of something that a stack's environment or cluster has not. @param does such as "consumes" */
export function refuseAbsent(
  { name, presence }: Contract,
  { node, environment, cluster }: ContractParty,
  does: string,
) {
  if (presence === undefined || presence.holds(environment, cluster)) return;
  throw new Error(`${node.id} ${does} contract "${name}", which there is ${presence.where} alone`);
}
