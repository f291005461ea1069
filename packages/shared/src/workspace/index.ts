export { appWorkspace, infra, isWorkspace, k8sPlatform, type Workspace, type WorkspaceKind } from "./workspace";
