export { registrationProblems, type StatedApp } from "./registration";
export { allApps, appsOf, REGISTRY } from "./registry";
export { type AppStatementInput, hostname, type RegisteredApp, statementFile } from "./statement";
export { type TargetGroup, targetGroupKey, targetGroupOf } from "./target-group";
