import type { AdmissionPolicy } from "./policy";
import { podSpec, workloads } from "./workloads";

/** Pods of the system's priorities push others off their nodes: the platform's own among them. */
export function priorities(): AdmissionPolicy {
  return {
    name: "demarc-priorities",
    resources: workloads,
    operations: ["CREATE", "UPDATE"],
    variables: [podSpec],
    rules: [
      {
        expression: "!has(variables.pod.priorityClassName) || !variables.pod.priorityClassName.startsWith('system-')",
        message:
          "priority classes of the system are for what the cluster cannot do without; leave priorityClassName out, or take another",
      },
    ],
  };
}
