import type { AdmissionPolicy, Rule } from "./policy";

/**
 * What is a pod or makes pods. A template is asked before there are pods, so that who deploys it reads the answer; the pod is
 * asked too, so that no kind that is missing here is a way round.
 */
export const workloads: AdmissionPolicy["resources"] = [
  { group: "", plurals: ["pods", "pods/ephemeralcontainers", "replicationcontrollers"] },
  { group: "apps", plurals: ["deployments", "replicasets", "statefulsets", "daemonsets"] },
  { group: "batch", plurals: ["jobs", "cronjobs"] },
];

/** A pod, or the template of one, in an object of `workloads`. */
function templateIn(object: string): string {
  return `${object}.kind == 'Pod' ? ${object} : (${object}.kind == 'CronJob' ? ${object}.spec.jobTemplate.spec.template : ${object}.spec.template)`;
}

function metadataOf(template: string, field: "annotations" | "finalizers", none: string): string {
  return `has(${template}.metadata) && has(${template}.metadata.${field}) ? ${template}.metadata.${field} : ${none}`;
}

const both = (name: string, of: (template: string) => string) => [
  { name, expression: of("variables.template") },
  { name: `${name}Before`, expression: of("variables.templateBefore") },
];

const variables: NonNullable<AdmissionPolicy["variables"]> = [
  { name: "template", expression: templateIn("object") },
  { name: "pod", expression: "variables.template.spec" },
  { name: "templateBefore", expression: templateIn("oldObject") },
  ...both("annotations", (template) => metadataOf(template, "annotations", "{}")),
  ...both("finalizers", (template) => metadataOf(template, "finalizers", "[]")),
  {
    name: "asBefore",
    // Controllers have to scale and finish what is older than a rule: pods that it makes anew are asked again.
    expression: [
      "oldObject != null",
      "variables.templateBefore.spec == variables.pod",
      "variables.annotations.all(key, key in variables.annotationsBefore && variables.annotationsBefore[key] == variables.annotations[key])",
      "variables.finalizers.all(it, it in variables.finalizersBefore)",
    ].join(" && "),
  },
];

/**
 * A policy on pods, whatever makes them. Its rules speak of `variables.pod` (the pod's spec), `variables.annotations` and
 * `variables.finalizers`; a change that leaves these as they were passes.
 */
export function podPolicy(
  name: string,
  rules: readonly Rule[],
  more: NonNullable<AdmissionPolicy["variables"]> = [],
): AdmissionPolicy {
  return {
    name: `demarc-${name}`,
    resources: workloads,
    operations: ["CREATE", "UPDATE"],
    variables: [...variables, ...more],
    rules: rules.map(({ expression, message }) => ({ expression: `variables.asBefore || (${expression})`, message })),
  };
}
