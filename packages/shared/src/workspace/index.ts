export { boundaryName } from "./boundary";

export {
  allow,
  type Conditions,
  deny,
  type OidcProvider,
  policyDocument,
  type ResourceStatement,
  type Statement,
  trustPodIdentity,
  trustService,
  trustServiceAccount,
  type TrustStatement,
} from "./permissions";
export { appKindsWith, type NamespacedKind } from "./kinds";
export { type KubernetesObject, Objects, type ObjectsProps } from "./objects";
export { helmValues, type Json, type JsonObject, parseHelmValues, releasePolicy, terraformLiteral } from "./values";
export { WorkspaceRole, type WorkspaceRoleProps } from "./role";
export { settingsFor } from "./settings";
export { WorkspaceStack, type WorkspaceStackProps } from "./stack";
export { KubernetesStack } from "./kubernetes-stack";
export { REPOSITORY } from "./repository";
export { accountStateOf, type Backend, type StateLocation, stateOf } from "./state";
export { type Build, ENVIRONMENT_VARIABLE, synthesize, synthesizeInto } from "./synthesize";
export { SANDBOX_VARIABLE, type Target, TARGET_VARIABLE, targetIn, targetOf } from "./target";
export { appWorkspace, infra, k8sPlatform, type Workspace, type WorkspaceKind } from "./workspaces";
