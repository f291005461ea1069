import type { AdmissionPolicy } from "./policy";
import { podPolicy } from "./workloads";

/**
 * An empty volume has a size: it lies on the node's disk, which all teams' pods share, or (`medium: Memory`) counts as memory of
 * the container that writes it. The kubelet takes a size of 0 for none.
 */
export function volumes(): AdmissionPolicy {
  return podPolicy("volumes", [
    {
      expression:
        "!has(variables.pod.volumes) || variables.pod.volumes.all(it, !has(it.emptyDir) || (has(it.emptyDir.sizeLimit) && string(it.emptyDir.sizeLimit).matches('^[1-9]')))",
      message: "an emptyDir must have a sizeLimit above 0, such as 256Mi: without one it may fill the node's disk",
    },
  ]);
}
