export { type BaseStack, checkOwnership } from "./check";
export { appWorkspace, infra, isWorkspace, k8sPlatform, type Workspace, type WorkspaceKind } from "./workspaces";
