import type { AdmissionPolicy } from "./policy";
import { podPolicy } from "./workloads";

/**
 * Pods of the system's priorities push others off their nodes: the platform's own among them. EKS itself gives one to each pod
 * on Fargate, which has its node for itself.
 */
export function priorities(): AdmissionPolicy {
  const onFargate =
    "object.kind == 'Pod' && has(variables.pod.schedulerName) && variables.pod.schedulerName == 'fargate-scheduler'";
  return podPolicy("priorities", [
    {
      expression: `!has(variables.pod.priorityClassName) || !variables.pod.priorityClassName.startsWith('system-') || (${onFargate})`,
      message:
        "priority classes of the system are for what the cluster cannot do without; leave priorityClassName out, or take another",
    },
  ]);
}
