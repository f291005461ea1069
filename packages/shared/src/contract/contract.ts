import type { Consumed, Output, OutputType, Published } from "./output";

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
  /** One for an environment, or one for each of its clusters. */
  readonly scope: "environment" | "cluster";
  readonly outputs: O;
}

/** The values that the producer of a contract gives: every key, each of its type. */
export type PublishedValues<C extends Contract> = {
  readonly [K in keyof C["outputs"]]: C["outputs"][K] extends Output<infer T extends OutputType> ? Published[T] : never;
};

/** The values that a consumer of a contract gets. */
export type ConsumedValues<C extends Contract> = {
  readonly [K in keyof C["outputs"]]: C["outputs"][K] extends Output<infer T extends OutputType> ? Consumed[T] : never;
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
