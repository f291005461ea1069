export { checkOwnership } from "./check";
export { appWorkspace, infra, k8sPlatform, type Workspace, type WorkspaceKind } from "./workspaces";
