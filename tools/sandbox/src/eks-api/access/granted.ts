import type { ClusterRecord, StoredAccessEntry } from "../store";
import { accessPolicyArn } from "./policies";

/**
 * What an access policy of EKS lets somebody do, as a ClusterRole: bound in the cluster, or in namespaces. `admin`, `edit`, `view`
 * and `cluster-admin` are Kubernetes' own.
 */
interface GrantedPolicy {
  /** Last part of its ARN. */
  readonly policy: string;
  readonly clusterRole: string;
}

/** The role behind AmazonEKSAdminViewPolicy, which reads everything, Secrets included: Kubernetes has none of its own. */
export const ADMIN_VIEW_ROLE = "eks:admin-view";

/** Policies for people. All others are for AWS's own services and nodes, none of which acts inside a sandbox's cluster. */
export const GRANTED_POLICIES: readonly GrantedPolicy[] = [
  { policy: "AmazonEKSClusterAdminPolicy", clusterRole: "cluster-admin" },
  { policy: "AmazonEKSAdminPolicy", clusterRole: "admin" },
  { policy: "AmazonEKSAdminViewPolicy", clusterRole: ADMIN_VIEW_ROLE },
  { policy: "AmazonEKSEditPolicy", clusterRole: "edit" },
  { policy: "AmazonEKSViewPolicy", clusterRole: "view" },
];

/**
 * Group of everybody to whom a policy is associated in a scope. Nobody can ask for it: groups of access entries must not begin
 * with "system:".
 * @param namespaces name of a namespace, or a pattern of names with `*`. @default the whole cluster
 */
export function policyGroup(policy: string, namespaces?: string): string {
  const scope = namespaces === undefined ? [] : [namespaces];
  return ["system", "eks", "access-policy", policy, ...scope].join(":");
}

/** Policies of an access entry that are at work, each in one scope. */
export interface Grant extends GrantedPolicy {
  /** Name of a namespace, or a pattern of names. @default the whole cluster */
  readonly namespaces?: string;
}

/** What the policies of an access entry grant. */
export function grantsOf({ policies }: StoredAccessEntry): Grant[] {
  return GRANTED_POLICIES.flatMap((granted): Grant[] => {
    const { accessScope } = policies.find(accessPolicyArn(granted.policy)) ?? {};
    if (accessScope === undefined) return [];
    if (accessScope.type === "cluster") return [granted];
    return (accessScope.namespaces ?? []).map((namespaces) => ({ ...granted, namespaces }));
  });
}

/** Whether a namespace is one of those that a scope names. `*` stands for any characters, as in "dev-*". */
export function isInScope(namespace: string, pattern: string): boolean {
  const literal = (text: string) => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
  return new RegExp(`^${pattern.split("*").map(literal).join(".*")}$`).test(namespace);
}

/** Whether a cluster knows access entries at all. */
export function hasAccessEntries({ cluster }: ClusterRecord): boolean {
  return cluster.accessConfig.authenticationMode !== "CONFIG_MAP";
}
