import type { Pod } from "../../controllers/kubernetes/kinds";

/** What a pod asks for that Fargate has not (EKS User Guide, "Simplify compute management with AWS Fargate", considerations). */
export function unsupported({ spec }: Pod): string[] {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const asked = {
    HostNetwork: spec.hostNetwork,
    HostPort: containers.some(({ ports = [] }) => ports.some(({ hostPort }) => hostPort !== undefined)),
    "SecurityContext.Privileged": containers.some(({ securityContext }) => securityContext?.privileged),
    "volumes of type hostPath": spec.volumes?.some(({ hostPath }) => hostPath !== undefined),
  };
  return Object.entries(asked).flatMap(([what, isAsked]) => (isAsked === true ? [what] : []));
}
