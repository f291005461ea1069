import type { Environment } from "../environment";
import type { WorkspaceKind } from "../ownership/workspaces";

/** Name with path of the permissions boundary of a kind of workspace. IAM is global, so the region is part of it. */
export function boundaryName({ region }: Pick<Environment, "region">, kind: WorkspaceKind): string {
  return `/demarc/demarc-${region}-${kind}`;
}
