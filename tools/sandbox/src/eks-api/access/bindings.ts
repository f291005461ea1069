import type { ActorContext, MakeActor } from "../../controllers/actor";
import { kinds } from "../../controllers/kubernetes/kinds";
import { type KubernetesObject, nameOf, type ResourceKind } from "../../controllers/kubernetes/object";
import type { ClusterRecord } from "../store";
import { ADMIN_VIEW_ROLE, type Grant, GRANTED_POLICIES, grantsOf, isInScope, policyGroup } from "./granted";

const API_GROUP = "rbac.authorization.k8s.io";

/** A ClusterRoleBinding or RoleBinding. */
interface Binding extends KubernetesObject {
  readonly subjects?: readonly { readonly kind: string; readonly name: string }[];
}

const apiVersion = `${API_GROUP}/v1`;
const clusterRoles: ResourceKind = { apiVersion, kind: "ClusterRole", plural: "clusterroles", namespaced: false };
const clusterRoleBindings: ResourceKind<Binding> = {
  apiVersion,
  kind: "ClusterRoleBinding",
  plural: "clusterrolebindings",
  namespaced: false,
};
const roleBindings: ResourceKind<Binding> = {
  apiVersion,
  kind: "RoleBinding",
  plural: "rolebindings",
  namespaced: true,
};

/** Marks the bindings that are made here, and taken away once no policy is associated any more. */
const LABEL = "eks.sandbox/access-policy";

/**
 * Lets access policies take effect. EKS has an authorizer of its own for them; here a policy makes whoever has it a member of a
 * group (with each request anew, so that a policy that is taken away counts at once), and the groups are bound to roles.
 */
export const accessPolicies: MakeActor = ({ record }) => ({
  name: "access-policies",
  watches: [kinds.namespaces, clusterRoles, clusterRoleBindings, roleBindings],
  // An association is no change in the cluster: nobody tells of it.
  resyncSeconds: 1,
  reconcile: async (context) => {
    await makeAdminViewRole(context);
    await bring(context, clusterRoleBindings, clusterWide());
    await bring(context, roleBindings, namespaced(record, context));
  },
});

async function makeAdminViewRole(context: ActorContext): Promise<void> {
  if (context.objects(clusterRoles).some(({ metadata }) => metadata.name === ADMIN_VIEW_ROLE)) return;
  const verbs = ["get", "list", "watch"];
  const rules = [
    { apiGroups: ["*"], resources: ["*"], verbs },
    { nonResourceURLs: ["*"], verbs: ["get"] },
  ];
  await context.kubernetes.apply(clusterRoles, { metadata: { name: ADMIN_VIEW_ROLE }, rules });
}

/** A binding as it is wanted. */
interface Wanted extends Pick<Grant, "policy" | "clusterRole"> {
  readonly namespace?: string;
  readonly groups: readonly string[];
}

/** All policies, whether somebody has them or not. */
function clusterWide(): Wanted[] {
  return GRANTED_POLICIES.map((granted) => ({ ...granted, groups: [policyGroup(granted.policy)] }));
}

/** In each namespace the policies that somebody has there. */
function namespaced({ accessEntries }: ClusterRecord, context: ActorContext): Wanted[] {
  const grants = accessEntries.values().flatMap(grantsOf);
  const standing = context.objects(kinds.namespaces).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  return standing.flatMap(({ metadata: { name: namespace } }) =>
    GRANTED_POLICIES.flatMap((granted) => {
      const scopes = grants.flatMap(({ policy, namespaces }) =>
        policy === granted.policy && namespaces !== undefined && isInScope(namespace, namespaces) ? namespaces : [],
      );
      const groups = [...new Set(scopes)].sort().map((scope) => policyGroup(granted.policy, scope));
      return groups.length === 0 ? [] : [{ ...granted, namespace, groups }];
    }),
  );
}

/** Makes the bindings that are wanted and missing, and takes those away that were made here and are wanted no more. */
async function bring(context: ActorContext, kind: ResourceKind<Binding>, wanted: readonly Wanted[]): Promise<void> {
  const standing = new Map(
    context
      .objects(kind)
      .filter(({ metadata }) => metadata.labels?.[LABEL] !== undefined)
      .map((binding) => [nameOf(binding), binding]),
  );
  for (const { policy, clusterRole, namespace, groups } of wanted) {
    const metadata = { name: `eks:${policy}`, ...(namespace === undefined ? {} : { namespace }) };
    const found = standing.get(nameOf({ metadata }));
    standing.delete(nameOf({ metadata }));
    if (found !== undefined && isFor(groups, found)) continue;
    await context.kubernetes.apply(kind, {
      metadata: { ...metadata, labels: { [LABEL]: policy } },
      roleRef: { apiGroup: API_GROUP, kind: "ClusterRole", name: clusterRole },
      subjects: groups.map((name) => ({ apiGroup: API_GROUP, kind: "Group", name })),
    });
  }
  for (const { metadata } of standing.values()) await context.kubernetes.delete(kind, metadata);
}

function isFor(groups: readonly string[], { subjects = [] }: Binding): boolean {
  const bound = subjects.filter(({ kind }) => kind === "Group").map(({ name }) => name);
  return bound.length === groups.length && groups.every((group) => bound.includes(group));
}
