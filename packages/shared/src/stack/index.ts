export { KubernetesStack } from "./kubernetes-stack";
export { chosenId } from "./chosen-id";
export { WorkspaceRole, type WorkspaceRoleProps } from "./role";
export { settingsFor, settingsSubject } from "./settings";
export { WorkspaceStack, type WorkspaceStackProps } from "./stack";
export { type Build, ENVIRONMENT_VARIABLE, synthesize, synthesizeInto } from "./synthesize";
export { SANDBOX_VARIABLE, type Target, TARGET_VARIABLE, targetIn, targetOf } from "./target";
export { isReadByTerraform, writtenProblems } from "./written";
