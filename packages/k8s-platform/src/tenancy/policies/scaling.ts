import { OWNER, OWNER_LABEL } from "../platform-metadata";
import { cel } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";
import { byTeam } from "./team-kinds";

/** Who scales what a HorizontalPodAutoscaler names, which a team may write. */
const AUTOSCALER = "system:serviceaccount:kube-system:horizontal-pod-autoscaler";

/**
 * A team scales its own workloads, not the platform's. Whoever scales sends a Scale, which has no labels; its status has the
 * selector of the workload's pods. So the platform's workloads in a team's namespace have the owner's label in their selector, and
 * a team's have not: a selector must fit its template, where platform-labels.ts refuses it.
 */
export function scaling(context: PolicyContext): AdmissionPolicy {
  const label = cel(`,${OWNER_LABEL}=${OWNER},`);
  return {
    name: "demarc-scaling",
    resources: [
      { group: "", plurals: ["replicationcontrollers/scale"] },
      { group: "apps", plurals: ["deployments/scale", "replicasets/scale", "statefulsets/scale"] },
    ],
    operations: ["UPDATE"],
    variables: [
      byTeam(context),
      { name: "byAutoscaler", expression: `request.userInfo.username == ${cel(AUTOSCALER)}` },
      {
        name: "platforms",
        expression: `has(oldObject.status.selector) && (',' + oldObject.status.selector + ',').contains(${label})`,
      },
    ],
    rules: [
      {
        expression: "!variables.platforms || !(variables.byTeam || variables.byAutoscaler)",
        message: "this workload is the platform's; ask the owners of k8s-platform to scale it",
      },
    ],
  };
}
