import { DISK, fargateSize, LARGEST } from "../compute";
import type { Problem } from "../environment";
import type { ApplicationStack } from "./application-stack";
import { diskMebibytes } from "./disk";
import { bytes, millicores } from "../quantity";
import type { WebApplicationSettings } from "./schema";

/**
 * What an app's pods request and are limited to, in the cluster of the stack. On Fargate each has a machine of its own, as large as it
 * requests: so it requests its limits, which it could not reach otherwise.
 */
export function resourcesIn(
  stack: ApplicationStack,
  { requests, limits }: WebApplicationSettings["resources"],
): WebApplicationSettings["resources"] {
  return { requests: isOnFargate(stack) ? limits : requests, limits };
}

/** What Fargate could not run, where the cluster is of that kind. All else that it cannot, an app cannot ask for. */
export function fargateProblems(
  stack: ApplicationStack,
  settings: Pick<WebApplicationSettings, "resources" | "overrides">,
): Problem[] {
  if (!isOnFargate(stack)) return [];
  const { cpu, memory } = settings.resources.limits;
  const disk = diskMebibytes(settings);
  const problems: Problem[] = [];
  if (millicores(cpu) > LARGEST.vcpus * 1000)
    problems.push({
      path: "resources.limits.cpu",
      message: `"${cpu}" is more than the ${String(LARGEST.vcpus)} vCPU of the largest Fargate pod; ask for less`,
    });
  if (fargateSize({ millicores: 0, memory: bytes(memory) }) === undefined)
    problems.push({
      path: "resources.limits.memory",
      message: `"${memory}" and the 256Mi of Kubernetes are more than the ${String(LARGEST.gigabytes)} GB of the largest Fargate pod; ask for less`,
    });
  const { most, unasked } = DISK;
  const much = `these, with logs and root file system ${String(disk)} MiB, are more than the`;
  if (disk > most * 1024)
    problems.push({
      path: "overrides.writablePaths",
      message: `${much} ${String(most)} GiB of disk that a Fargate pod has at most; ask for less`,
    });
  else if (disk > unasked * 1024 && settings.overrides.moreDisk === undefined)
    problems.push({
      path: "overrides.writablePaths",
      message: `${much} ${String(unasked)} GiB of disk that come with a Fargate pod, and AWS charges for more; ask for less, or say why in overrides.moreDisk`,
    });
  return problems;
}

function isOnFargate({ environment, cluster }: ApplicationStack): boolean {
  return environment.clusters[cluster]?.compute.kind === "fargate";
}
