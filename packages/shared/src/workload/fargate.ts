import type { Problem } from "../environment";
import type { ApplicationStack } from "./application-stack";
import { diskMebibytes } from "./disk";
import { bytes, millicores } from "../quantity";
import type { WebApplicationSettings } from "./schema";

const GIB = 2 ** 30;
/** AWS rounds a pod up to a size that it sells; the largest has 16 vCPU and 120 GB (EKS User Guide, "Fargate Pod configuration"). */
const LARGEST = { millicores: 16_000, memory: 120 * GIB };
/** What AWS adds to a pod's memory for the kubelet, kube-proxy and containerd (same page). */
const KUBERNETES_MEMORY = 256 * 2 ** 20;
/** Disk of a Fargate pod, which its image and its empty volumes share (same page). */
const DISK_MEBIBYTES = 20 * 1024;

/** What Fargate could not run, where the cluster is of that kind. All else that it cannot, an app cannot ask for. */
export function fargateProblems(
  { environment, cluster }: ApplicationStack,
  settings: Pick<WebApplicationSettings, "resources" | "overrides">,
): Problem[] {
  if (environment.clusters[cluster]?.compute.kind !== "fargate") return [];
  const { cpu, memory } = settings.resources.requests;
  const disk = diskMebibytes(settings);
  const problems: Problem[] = [];
  if (millicores(cpu) > LARGEST.millicores)
    problems.push({
      path: "resources.requests.cpu",
      message: `"${cpu}" is more than the 16 vCPU of the largest Fargate pod; request less`,
    });
  if (bytes(memory) + KUBERNETES_MEMORY > LARGEST.memory)
    problems.push({
      path: "resources.requests.memory",
      message: `"${memory}" and the 256Mi of Kubernetes are more than the 120 GB of the largest Fargate pod; request less`,
    });
  if (disk > DISK_MEBIBYTES)
    problems.push({
      path: "overrides.writablePaths",
      message: `these, with logs and root file system ${disk} MiB, are more than the 20 GB disk of a Fargate pod; ask for less`,
    });
  return problems;
}
