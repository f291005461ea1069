import type { RegisteredApp } from "../../apps";
import { appWorkspace, infra, k8sPlatform, type Workspace } from "../../workspace";

/** All that is planned and deployed on its own in an environment, each by roles of its own. @param apps the registered ones */
export function deliveredWorkspaces(apps: readonly RegisteredApp[]): Workspace[] {
  return [infra, k8sPlatform, ...apps.map(({ name, ...statement }) => appWorkspace(name, statement))];
}
