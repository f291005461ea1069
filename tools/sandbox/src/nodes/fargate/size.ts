import type { Resources } from "../resources";

const GIB = 2 ** 30;

/** What AWS adds to a pod's memory for the kubelet, kube-proxy and containerd. */
const KUBERNETES_MEMORY = 256 * 2 ** 20;

/** GB from `least` to `most`, `step` apart. */
interface Memories {
  readonly vcpus: number;
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

/** The sizes that Fargate has (EKS User Guide, "Understand Fargate Pod configuration details"); the smallest has 0.5 GB too. */
const SIZES: readonly Memories[] = [
  { vcpus: 0.25, least: 1, most: 2, step: 1 },
  { vcpus: 0.5, least: 1, most: 4, step: 1 },
  { vcpus: 1, least: 2, most: 8, step: 1 },
  { vcpus: 2, least: 4, most: 16, step: 1 },
  { vcpus: 4, least: 8, most: 30, step: 1 },
  { vcpus: 8, least: 16, most: 60, step: 4 },
  { vcpus: 16, least: 32, most: 120, step: 8 },
];

export interface FargateSize {
  readonly vcpus: number;
  /** GB, which for Fargate are 2^30 bytes. */
  readonly memory: number;
}

/** The size that a pod of these requests gets: the smallest that has room for them. Undefined when none has. */
export function fargateSize(requests: Pick<Resources, "cpu" | "memory">): FargateSize | undefined {
  const memory = (requests.memory + KUBERNETES_MEMORY) / GIB;
  if (requests.cpu <= 0.25 && memory <= 0.5) return { vcpus: 0.25, memory: 0.5 };
  const size = SIZES.find(({ vcpus, most }) => requests.cpu <= vcpus && memory <= most);
  if (!size) return undefined;
  const { vcpus, least, step } = size;
  return { vcpus, memory: least + Math.max(0, Math.ceil((memory - least) / step)) * step };
}
