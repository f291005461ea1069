import type { ComputeKind, Environment } from "../environment";

/**
 * Where a contract, or one output of it, is there at all. It follows from the environment alone, so producer and consumer both know it
 * when they synthesize: nobody has to look at a value that Terraform alone knows.
 */
export interface Presence {
  /** Such as "in clusters of managed-nodes". */
  readonly where: string;
  /** @param cluster short id; undefined where it is asked of the whole environment */
  readonly holds: (environment: Environment, cluster: string | undefined) => boolean;
}

/** In clusters of these kinds of compute. */
export function onCompute(...kinds: readonly ComputeKind[]): Presence {
  return {
    where: `in clusters of ${kinds.join(" and ")}`,
    holds: ({ clusters }, cluster) =>
      Object.entries(clusters).some(([id, { compute }]) => id === cluster && kinds.includes(compute.kind)),
  };
}

/** Where infra has a network load balancer with a listener for each app. */
export const withListeners: Presence = {
  where: "where an exposure names listeners of a load balancer of infra's",
  holds: ({ exposures }) => exposures.some((exposure) => "listeners" in exposure),
};

/** In environments whose apps share a database and a queue. */
export const withData: Presence = {
  where: "in environments with data",
  holds: ({ data }) => data,
};
