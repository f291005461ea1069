import type { ConsumedValues } from "@demarc/shared/contract";
import type { clusterContract } from "@demarc/shared/contracts";
import { clusterName, type ComputeKind, type Environment } from "@demarc/shared/environment";

/** A cluster as the platform's stacks see it. */
export interface ClusterReference {
  /** Its name in AWS, spelt out. */
  readonly name: string;
  readonly compute: ComputeKind;
  /** Kubernetes minor version, such as "1.35". */
  readonly version: string;
  /** What infra says of it. */
  readonly contract: ConsumedValues<typeof clusterContract>;
}

/** The environment's cluster of that short id. @throws Error where it has none */
export function clusterReference(
  environment: Environment,
  id: string,
  contract: ConsumedValues<typeof clusterContract>,
): ClusterReference {
  const cluster = environment.clusters[id];
  if (cluster === undefined) throw new Error(`${environment.name} has no cluster "${id}"`);
  return { name: clusterName(environment, id), compute: cluster.compute.kind, version: cluster.version, contract };
}
