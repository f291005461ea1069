import { blocksOf } from "../../plan/change";
import type { Attributes, ResourceChange } from "../../plan/plan";
import { objectChanges } from "../objects";

/** The provider's type of what a release renders. */
const TYPES: Readonly<Record<string, string | undefined>> = {
  ClusterRole: "kubernetes_cluster_role_v1",
  ClusterRoleBinding: "kubernetes_cluster_role_binding_v1",
  Role: "kubernetes_role_v1",
  RoleBinding: "kubernetes_role_binding_v1",
};

/** Roles and bindings that a release renders, or a manifest is, as if each were a resource of the provider's type for it. */
export function renderedRbac(changes: readonly ResourceChange[]): ResourceChange[] {
  return objectChanges(changes).flatMap(({ kind, before, after, by, isHidden }) => {
    const type = TYPES[kind];
    if (type === undefined) return [];
    const [was, will] = [before, after].map((object) => (object === undefined ? undefined : attributesOf(object)));
    return [
      {
        address: by.address,
        type,
        actions: was === undefined ? ["create"] : will === undefined ? ["delete"] : ["update"],
        before: was,
        after: will,
        unknown: {},
        sensitive: [isHidden],
        forcedBy: [],
        movedFrom: undefined,
        isImported: false,
      },
    ];
  });
}

function attributesOf({ metadata, rules, roleRef, subjects, aggregationRule }: Attributes): Attributes {
  return {
    metadata: [metadata],
    rule: blocksOf(rules).map(({ apiGroups, resources, verbs, resourceNames, nonResourceURLs }) => ({
      api_groups: apiGroups,
      resources,
      verbs,
      resource_names: resourceNames,
      non_resource_urls: nonResourceURLs,
    })),
    role_ref: [roleRef],
    subject: subjects,
    aggregation_rule: aggregationRule,
  };
}
