import { OWNER, OWNER_LABEL } from "../platform-metadata";
import { type AdmissionPolicy, cel, celList, type PolicyContext } from "./policy";

/** A team may write NetworkPolicies and ConfigMaps in its namespace, but not the platform's among them: RBAC tells no objects apart. */
export function platformObjects({ teamGroups }: PolicyContext): AdmissionPolicy {
  const label = cel(OWNER_LABEL);
  return {
    name: "demarc-platform-objects",
    resources: [
      { group: "", plurals: ["configmaps"] },
      { group: "networking.k8s.io", plurals: ["networkpolicies"] },
    ],
    operations: ["UPDATE", "DELETE"],
    variables: [
      {
        name: "platforms",
        expression: `has(oldObject.metadata.labels) && ${label} in oldObject.metadata.labels && oldObject.metadata.labels[${label}] == ${cel(OWNER)}`,
      },
      {
        name: "byTeam",
        expression: `has(request.userInfo.groups) && request.userInfo.groups.exists(group, group in ${celList(teamGroups)})`,
      },
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
