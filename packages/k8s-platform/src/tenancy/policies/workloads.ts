import type { AdmissionPolicy } from "./policy";

/** What makes pods in a team's namespace. Asked before there are pods, so that who deploys it reads the answer. */
export const workloads: AdmissionPolicy["resources"] = [
  { group: "apps", plurals: ["deployments", "statefulsets"] },
  { group: "batch", plurals: ["jobs", "cronjobs"] },
];

/** The pods that it makes. */
export const podSpec = {
  name: "pod",
  expression: "object.kind == 'CronJob' ? object.spec.jobTemplate.spec.template.spec : object.spec.template.spec",
};
