import { OWNER, OWNER_LABEL } from "../platform-metadata";
import { cel } from "./cel";
import type { AdmissionPolicy, PolicyContext } from "./policy";
import { byTeam, watchedKinds } from "./team-kinds";

/**
 * A team may write NetworkPolicies, ConfigMaps and more in its namespace, and delete pods, but not the platform's: RBAC tells no
 * objects apart.
 */
export function platformObjects(context: PolicyContext): AdmissionPolicy {
  const label = cel(OWNER_LABEL);
  return {
    name: "demarc-platform-objects",
    resources: watchedKinds(context),
    operations: ["UPDATE", "DELETE"],
    variables: [
      {
        name: "platforms",
        expression: `has(oldObject.metadata.labels) && ${label} in oldObject.metadata.labels && oldObject.metadata.labels[${label}] == ${cel(OWNER)}`,
      },
      byTeam(context),
    ],
    rules: [
      {
        expression: "!variables.platforms || !variables.byTeam",
        message:
          "this object is the platform's and holds the line between teams; ask the owners of k8s-platform to change it",
      },
    ],
  };
}
