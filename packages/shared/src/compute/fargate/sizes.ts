/** CPU in thousandths of one, memory in bytes: what the pods' containers request together. */
export interface PodRequests {
  readonly millicores: number;
  readonly memory: number;
}

/** A machine that Fargate sells. */
export interface FargateSize {
  readonly vcpus: number;
  /** GB, which for Fargate are 2^30 bytes. */
  readonly gigabytes: number;
}

const GIB = 2 ** 30;

/** What AWS adds to a pod's memory for the kubelet, kube-proxy and containerd. */
const KUBERNETES_MEMORY = 256 * 2 ** 20;

const steps = (least: number, most: number, step = 1) =>
  Array.from({ length: (most - least) / step + 1 }, (_, index) => least + index * step);

/**
 * The sizes, smallest first: GB of memory by vCPUs.
 * https://docs.aws.amazon.com/eks/latest/userguide/fargate-pod-configuration.html
 */
const SIZES: readonly FargateSize[] = (
  [
    [0.25, [0.5, 1, 2]],
    [0.5, steps(1, 4)],
    [1, steps(2, 8)],
    [2, steps(4, 16)],
    [4, steps(8, 30)],
    [8, steps(16, 60, 4)],
    [16, steps(32, 120, 8)],
  ] as const
).flatMap(([vcpus, memories]) => memories.map((gigabytes) => ({ vcpus, gigabytes })));

/** The largest machine: 16 vCPU with 120 GB. */
export const LARGEST: FargateSize = { vcpus: 16, gigabytes: 120 };

/** GiB of disk that a pod may ask for at most, and those that it gets unasked (same page). */
export const DISK = { most: 175, unasked: 20 };

/** The machine that a pod of these requests gets: the smallest that has room for them and for Kubernetes. Undefined: none has. */
export function fargateSize(requests: PodRequests): FargateSize | undefined {
  return sizeFor(requests.millicores, requests.memory + KUBERNETES_MEMORY);
}

/** The machine that the requests themselves would fit. Undefined: none has room. */
export function sizeWithoutKubernetes({ millicores, memory }: PodRequests): FargateSize | undefined {
  return sizeFor(millicores, memory);
}

/** As AWS writes it, such as "0.5 vCPU with 1 GB". */
export function shownSize({ vcpus, gigabytes }: FargateSize): string {
  return `${String(vcpus)} vCPU with ${String(gigabytes)} GB`;
}

function sizeFor(millicores: number, memory: number): FargateSize | undefined {
  return SIZES.find(({ vcpus, gigabytes }) => millicores <= vcpus * 1000 && memory <= gigabytes * GIB);
}
