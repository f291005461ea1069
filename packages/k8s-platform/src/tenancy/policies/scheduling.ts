import { cel, celList } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";
import { type AllowedToleration, forOwnTeam } from "./team-rules";
import { podPolicy } from "./workloads";

/**
 * A pod is put where the scheduler finds room, by what it and its own namespace need: not onto nodes that are reserved for
 * others, and with no word on where others' pods may run. Node selectors and affinity to nodes only narrow where a pod itself may
 * run; a reserved node has a taint.
 */
export function scheduling({ workloads: { teams } }: PolicyContext): AdmissionPolicy {
  const allowed = forOwnTeam(teams, ({ tolerations }) =>
    tolerations.length === 0 ? "false" : `(${tolerations.map(tolerated).join(" || ")})`,
  );
  return podPolicy(
    "scheduling",
    [
      {
        // The scheduler writes the name into the pod itself, through another resource (pods/binding).
        expression:
          "!has(variables.pod.nodeName) || variables.pod.nodeName == '' || (object.kind == 'Pod' && oldObject != null)",
        message:
          "nodeName puts a pod past the scheduler, onto nodes that are full or reserved; leave it out, or take a nodeSelector",
      },
      {
        // EKS writes its own scheduler into pods on Fargate.
        expression:
          "!has(variables.pod.schedulerName) || variables.pod.schedulerName in ['', 'default-scheduler'] || (object.kind == 'Pod' && variables.pod.schedulerName == 'fargate-scheduler')",
        message: "schedulerName must be default-scheduler, or left out: no other scheduler is there to place the pod",
      },
      {
        expression: `!has(variables.pod.tolerations) || variables.pod.tolerations.all(it, has(it.key) && (${[...byKubernetes, allowed].join(" || ")}))`,
        message:
          "a toleration lands pods on nodes that are reserved for others; leave it out, or ask the owners of k8s-platform to list its key (and value, and effect) in their settings, tenancy.teams.<team>.tolerations",
      },
      {
        expression:
          "variables.terms.all(it, !has(it.namespaceSelector) && (!has(it.namespaces) || size(it.namespaces) == 0))",
        message:
          "podAffinity and podAntiAffinity may look at pods of their own namespace only: across namespaces they keep other teams' pods from running; leave namespaces and namespaceSelector out",
      },
    ],
    [{ name: "terms", expression: ["podAffinity", "podAntiAffinity"].flatMap(termsOf).join(" + ") }],
  );
}

function termsOf(kind: string): string[] {
  const list = (field: string) => {
    const path = `variables.pod.affinity.${kind}`;
    return `(has(variables.pod.affinity) && has(${path}) && has(${path}.${field}) ? ${path}.${field} : [])`;
  };
  return [
    list("requiredDuringSchedulingIgnoredDuringExecution"),
    `${list("preferredDuringSchedulingIgnoredDuringExecution")}.map(it, it.podAffinityTerm)`,
  ];
}

/** What Kubernetes adds to pods by itself: to stay for a while on a node that is lost, and to stay under memory pressure. */
const byKubernetes = [
  `(it.key in ${celList(["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"])} && has(it.effect) && it.effect == 'NoExecute')`,
  "(it.key == 'node.kubernetes.io/memory-pressure' && has(it.effect) && it.effect == 'NoSchedule')",
];

function tolerated({ key, value, effect }: AllowedToleration): string {
  return [
    `it.key == ${cel(key)}`,
    ...(value === undefined
      ? []
      : [`(!has(it.operator) || it.operator == 'Equal') && has(it.value) && it.value == ${cel(value)}`]),
    ...(effect === undefined ? [] : [`has(it.effect) && it.effect == ${cel(effect)}`]),
  ].join(" && ");
}
