import { appKinds } from "../kubernetes";
import type { Condition } from "./condition";
import { ownObjects } from "./objects-rule";
import type { WorkspaceKind } from "./workspaces";

/** One kind of thing that a workspace may create. */
export interface Right {
  /** Terraform resource type; `*` at the end stands for any ending. */
  readonly type: string;
  /** What must hold for each resource, beside its type. */
  readonly provided?: Condition;
}

/** Every role carries its workspace's path and boundary: that is what its deploy role may make, and no more. */
const ownRole: Condition = {
  rule: "a role needs the path and the permissions boundary of its workspace; make it with WorkspaceRole",
  faults: (role, stack) =>
    (["path", "permissions_boundary"] as const)
      .filter((name) => role[name] !== (name === "path" ? stack.rolePath : stack.permissionsBoundary))
      .map((name) => `its ${name} is another`),
};

/** Cluster-wide kinds belong to k8s-platform; `kubernetes_manifest` would need the API server at plan time. */
const ownKinds: readonly Right[] = appKinds.flatMap(({ terraform }) =>
  terraform === undefined ? [] : ["", "_v1", "_v2"].map((version) => ({ type: `kubernetes_${terraform}${version}` })),
);

/** The one table of who may create what. The stacks' check and the deploy roles' policies come from it. */
const rights: Readonly<Record<WorkspaceKind, readonly Right[]>> = {
  infra: [{ type: "aws_iam_role", provided: ownRole }, { type: "aws_*" }],
  "k8s-platform": [
    { type: "aws_iam_role", provided: ownRole },
    { type: "aws_iam_role_policy" },
    { type: "aws_eks_pod_identity_association" },
    { type: "helm_release" },
    { type: "kubernetes_*" },
  ],
  apps: [
    { type: "aws_iam_role", provided: ownRole },
    { type: "aws_iam_role_policy" },
    { type: "helm_release", provided: ownObjects },
    ...ownKinds,
  ],
};

/** Data sources that look nothing of another team's up. All else that crosses a line is a contract. */
export const lookups: Readonly<Record<WorkspaceKind, readonly string[]>> = {
  infra: ["aws_availability_zones", "aws_caller_identity", "aws_eks_addon_version", "aws_partition"],
  "k8s-platform": ["aws_caller_identity", "aws_partition"],
  apps: ["aws_caller_identity", "aws_partition"],
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
