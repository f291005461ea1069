/**
 * What processes hold in memory, in megabytes, as seen after an `up` of `dev` on Linux, with some room: the local AWS with the EKS API and
 * the judge (550); a control plane with KWOK and ExternalDNS (810); cdktf, Terraform and its providers (1460 with two stacks at once).
 */
export const MEMORY = { localAws: 700, controlPlane: 900, deploy: 2500 } as const;

/** Megabytes for a deploy, with what it starts that stays. @param clusters how many control planes */
export function neededMemory({
  clusters,
  localAws,
}: {
  readonly clusters: number;
  readonly localAws: boolean;
}): number {
  return MEMORY.deploy + (localAws ? MEMORY.localAws : 0) + clusters * MEMORY.controlPlane;
}

/** What a command starts that stays. */
export interface Starting {
  /** Names of clusters whose control planes do not run yet, such as `dev-a`. */
  readonly clusters: readonly string[];
  /** Whether the local AWS does not run yet. */
  readonly localAws: boolean;
  /** Names of clusters whose control planes run already. */
  readonly beside: readonly string[];
}

/** Memory that programs may still take, in megabytes, a container's limit kept. Undefined where the system does not tell: Linux alone does. */
export function freeMemory(): number | undefined {
  return process.platform === "linux" ? Math.floor(process.availableMemory() / 1024 / 1024) : undefined;
}

/**
 * A sentence where what is to be started has no room in memory: the system would end some program of the sandbox in the middle of it. None
 * where nothing is to be started.
 * @param free in megabytes. Undefined: nobody knows
 */
export function scarceMemory({ clusters, localAws, beside }: Starting, free: number | undefined): string[] {
  if (free === undefined || (clusters.length === 0 && !localAws)) return [];
  const parts = [
    `${String(MEMORY.deploy)} to deploy`,
    ...(localAws ? [`${String(MEMORY.localAws)} for the local AWS`] : []),
    ...clusters.map((name) => `${String(MEMORY.controlPlane)} for the control plane of ${name}`),
  ];
  const needed = neededMemory({ clusters: clusters.length, localAws });
  if (free >= needed) return [];
  const wayOut = [
    ...(beside.length === 0
      ? []
      : [`take another environment away, for ${beside.join(", ")} run (npm run sandbox -- destroy <environment>)`]),
    ...(clusters.length > 1 ? ["deploy one cluster (--cluster <id>)"] : []),
    "end other programs",
  ];
  return [
    `${String(free)} MB of memory are free, and ${String(needed)} MB are needed (${parts.join(", ")}): ${wayOut.join(", or ")}.`,
  ];
}
