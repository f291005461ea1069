export { registrationProblems, type StatedApp } from "./registration";
export { allApps, appsOf, REGISTRY } from "./registry";
export { type AppStatementInput, hostname, type RegisteredApp, statementFile } from "./statement";
