import type { Place } from "../../environment";
import type { Statement } from "../permissions";
import type { WorkspaceKind } from "../../ownership/workspaces";
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

/** Statements of a kind's permissions boundary in an account and region: nothing hangs from anything else that an environment says. */
export function boundaryStatements(place: Place, kind: WorkspaceKind): readonly Statement[] {
  return boundaries[kind](scopeOf(place));
}
