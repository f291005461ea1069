import { appKinds } from "../exposure";
import type { Condition } from "./condition";
import { ownNamespace, ownObjects } from "./objects-rule";
import { ownPermissions } from "./permissions-rule";
import {
  appsRole,
  infrasRole,
  nobodys,
  ofOwnRole,
  ownAssociation,
  partsPolicy,
  podsRole,
  wholePolicy,
} from "./role-rules";
import type { WorkspaceKind } from "../workspace";

/** One kind of thing that a workspace may create. */
export interface Right {
  /** Terraform resource type; `*` at the end stands for any ending. */
  readonly type: string;
  /** What must hold for each resource, beside its type. */
  readonly provided?: Condition;
}

/** Cluster-wide kinds belong to k8s-platform; `kubernetes_manifest` would need the API server at plan time. */
const ownKinds: readonly Right[] = appKinds.flatMap(({ terraform }) =>
  terraform === undefined
    ? []
    : ["", "_v1", "_v2"].map((version) => ({ type: `kubernetes_${terraform}${version}`, provided: ownNamespace })),
);

/**
 * The one table of who may create what; the first row that fits a type holds. The check of every written stack comes from it. The
 * roles that deploy are to get their policies from it too, and have none of their own yet.
 */
const rights: Readonly<Record<WorkspaceKind, readonly Right[]>> = {
  infra: [
    { type: "aws_iam_role", provided: infrasRole },
    { type: "aws_iam_role_policy", provided: ofOwnRole },
    { type: "aws_iam_role_policy_attachment", provided: partsPolicy },
    { type: "aws_iam_policy", provided: wholePolicy },
    { type: "aws_iam_instance_profile", provided: ofOwnRole },
    { type: "aws_iam_openid_connect_provider" },
    { type: "aws_iam_*", provided: nobodys },
    { type: "aws_*" },
  ],
  "k8s-platform": [
    { type: "aws_iam_role", provided: podsRole },
    { type: "aws_iam_role_policy", provided: ofOwnRole },
    { type: "aws_eks_pod_identity_association", provided: ownAssociation },
    { type: "helm_release" },
    { type: "kubernetes_*" },
  ],
  apps: [
    { type: "aws_iam_role", provided: appsRole },
    { type: "aws_iam_role_policy", provided: ownPermissions },
    { type: "helm_release", provided: ownObjects },
    ...ownKinds,
  ],
};

/** One kind of thing that a workspace may look up. */
export interface Lookup {
  /** Type of Terraform's data source. */
  readonly type: string;
  /** The one argument that it may be looked up by. @default any */
  readonly by?: string;
}

const any = (...types: readonly string[]): Lookup[] => types.map((type) => ({ type }));

/**
 * Data sources that look nothing of another team's up. All else that crosses a line is a contract. infra finds what the company's
 * network team made, by the id that its settings name: a name or a tag would also find what somebody else makes later.
 */
export const lookups: Readonly<Record<WorkspaceKind, readonly Lookup[]>> = {
  infra: [
    ...any(
      "aws_availability_zones",
      "aws_caller_identity",
      "aws_cloudwatch_log_groups",
      "aws_ec2_instance_type",
      "aws_eks_cluster",
      "aws_eks_clusters",
      "aws_partition",
    ),
    { type: "aws_route53_zone", by: "zone_id" },
    { type: "aws_subnet", by: "id" },
    { type: "aws_vpc", by: "id" },
  ],
  "k8s-platform": any("aws_caller_identity", "aws_partition"),
  apps: any("aws_caller_identity", "aws_partition"),
};

/** The right under which a workspace may create a resource of that type, if it may at all. */
export function rightTo(kind: WorkspaceKind, type: string): Right | undefined {
  return rights[kind].find((right) => matches(right.type, type));
}

/** Kinds of workspace that may create such a resource, for whoever asks the wrong one. */
export function workspacesWithRightTo(type: string): WorkspaceKind[] {
  return (["infra", "k8s-platform", "apps"] as const).filter((kind) => rightTo(kind, type) !== undefined);
}

function matches(pattern: string, type: string): boolean {
  return pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
