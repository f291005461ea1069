import { type Amounts, amountsOfContainer } from "./amounts";

/**
 * What one pod may request at most. The default is what a node of 2 vCPUs, 8 GiB and a disk of 20 GiB has room for beside the agents
 * that run on every node.
 */
export const largestPod = amountsOfContainer({ cpu: "1500m", memory: "6Gi", ephemeralStorage: "10Gi" });

/** What tells the largest pod of a cluster: an environment. */
interface WithClusters {
  readonly clusters: Readonly<
    Record<string, { readonly compute: { readonly kind: string; readonly largestPod?: Amounts | undefined } }>
  >;
}

/**
 * The most that one pod of a cluster may request.
 * @returns undefined where the cluster has no node groups: Fargate has its own largest pod, and Auto Mode starts a node for the pod
 */
export function largestPodOf({ clusters }: WithClusters, cluster: string): Amounts | undefined {
  const compute = new Map(Object.entries(clusters)).get(cluster)?.compute;
  if (compute?.kind !== "managed-nodes") return undefined;
  return compute.largestPod ?? largestPod.parse(undefined);
}
