import type { Environment } from "@demarc/shared/environment";
import type { Statement } from "@demarc/shared/iam";
import type { WorkspaceKind } from "@demarc/shared/ownership";
import { appsBoundary } from "./apps";
import { infraBoundary } from "./infra";
import { k8sPlatformBoundary } from "./k8s-platform";
import { type Boundary, scopeOf } from "./scope";

/** The one table of what the roles that a kind of workspace makes may do at most. Nobody may touch IAM: no role can widen itself. */
const boundaries: Readonly<Record<WorkspaceKind, Boundary>> = {
  infra: infraBoundary,
  "k8s-platform": k8sPlatformBoundary,
  apps: appsBoundary,
};

export const boundedKinds = ["infra", "k8s-platform", "apps"] as const satisfies readonly WorkspaceKind[];

/** Statements of a kind's permissions boundary in the environment's account and region. */
export function boundaryStatements(environment: Environment, kind: WorkspaceKind): readonly Statement[] {
  return boundaries[kind](scopeOf(environment));
}
