import type { Pod } from "../../controllers/kubernetes/kinds";
import { type Resources, NONE } from "../resources";

/** Bytes of disk that a pod may ask for (EKS User Guide, "Fargate storage"). */
const MOST_DISK = 175 * 2 ** 30;

const RESOURCES = ["cpu", "memory", "ephemeral-storage"];

/** What a pod asks for that Fargate has not (EKS User Guide, "Simplify compute management with AWS Fargate", considerations). */
export function unsupported({ spec }: Pod, { disk }: Pick<Resources, "disk"> = NONE): string[] {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const asked = {
    HostNetwork: spec.hostNetwork,
    HostPort: containers.some(({ ports = [] }) => ports.some(({ hostPort }) => hostPort !== undefined)),
    "SecurityContext.Privileged": containers.some(({ securityContext }) => securityContext?.privileged),
    "more than 175 GiB of ephemeral-storage": disk > MOST_DISK,
    "resources other than cpu, memory and ephemeral-storage": containers.some(({ resources }) =>
      Object.keys({ ...resources?.limits, ...resources?.requests }).some((name) => !RESOURCES.includes(name)),
    ),
    "volumes of type hostPath": spec.volumes?.some(({ hostPath }) => hostPath !== undefined),
  };
  return Object.entries(asked).flatMap(([what, isAsked]) => (isAsked === true ? [what] : []));
}
