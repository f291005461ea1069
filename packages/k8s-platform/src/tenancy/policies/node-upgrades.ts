import { cel, celList } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";
import { forOwnTeam } from "./team-rules";
import { podPolicy } from "./workloads";

/** What autoscalers and EKS Auto Mode leave a node alone for. The first may say "true": that its pod may be evicted. */
const SAFE_TO_EVICT = "cluster-autoscaler.kubernetes.io/safe-to-evict";
const heldBy = ["karpenter.sh/do-not-disrupt", "karpenter.sh/do-not-evict", "karpenter.sh/do-not-consolidate"];

/** The label that finds an app's pods. */
const APP_NAME = "app.kubernetes.io/name";

/** The Job controller's own, by which it counts each pod once. */
const JOB_TRACKING = "batch.kubernetes.io/job-tracking";

/** A node can be emptied: its pods stop in bounded time, and none holds it. EKS gives a node 15 minutes when it updates a group. */
export function nodeUpgrades({ workloads: { teams } }: PolicyContext): AdmissionPolicy {
  const seconds = "variables.pod.terminationGracePeriodSeconds";
  return podPolicy("node-upgrades", [
    {
      expression: `!has(${seconds}) || ${forOwnTeam(teams, ({ longestGraceSeconds }) => `${seconds} <= ${longestGraceSeconds}`)}`,
      message: `terminationGracePeriodSeconds is longer than a node's drain may take (${Object.entries(teams)
        .map(([team, { longestGraceSeconds }]) => `${team}: ${longestGraceSeconds}`)
        .join(
          ", ",
        )}); take less, or ask the owners of k8s-platform for more: their settings, tenancy.teams.<team>.longestGraceSeconds`,
    },
    {
      expression: `variables.annotations.all(key, !(key in ${celList(heldBy)}) && (key != ${cel(SAFE_TO_EVICT)} || variables.annotations[key] == 'true'))`,
      message: `annotations ${[SAFE_TO_EVICT, ...heldBy].join(", ")} keep a node from being replaced; leave them out, and say how many pods may be away in a PodDisruptionBudget`,
    },
    {
      expression: `variables.finalizers.all(it, object.kind == 'Pod' && it == ${cel(JOB_TRACKING)})`,
      message: "a finalizer holds a pod, and so its node, after it has stopped; leave metadata.finalizers out",
    },
  ]);
}

/**
 * A disruption budget says how many pods may be away, and that is never none. `minAvailable` is refused in every form: whether it
 * leaves one to go depends on how many there are, which admission cannot see (of two pods "51%" is two).
 *
 * The eviction API refuses a pod that two budgets select. Admission sees one budget only. So a budget selects by the app's name
 * alone, which a pod has once, and bears that name, which a namespace has once.
 */
export function disruptionBudgets(): AdmissionPolicy {
  return {
    name: "demarc-disruption-budgets",
    resources: [{ group: "policy", plurals: ["poddisruptionbudgets"] }],
    operations: ["CREATE", "UPDATE"],
    rules: [
      {
        expression:
          "!has(object.spec.minAvailable) && has(object.spec.maxUnavailable) && string(object.spec.maxUnavailable).matches('^0*[1-9][0-9]*%?$')",
        message:
          "a PodDisruptionBudget must let at least one pod go, or no node can be replaced: say maxUnavailable, 1 or more or above 0%, and leave minAvailable out",
      },
      {
        expression:
          "has(object.spec.unhealthyPodEvictionPolicy) && object.spec.unhealthyPodEvictionPolicy == 'AlwaysAllow'",
        message:
          "pods that are not ready must not hold a node: say unhealthyPodEvictionPolicy: AlwaysAllow, or two that crash again and again keep every node that they are on",
      },
      {
        expression: `has(object.spec.selector) && has(object.spec.selector.matchLabels) && !has(object.spec.selector.matchExpressions) && object.spec.selector.matchLabels == {${cel(APP_NAME)}: object.metadata.name}`,
        message: `a pod that two budgets select cannot be evicted, and its node is never empty: select by ${APP_NAME} alone, and give the budget the name that it selects`,
      },
    ],
  };
}
