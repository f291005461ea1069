export { registrationProblems, type StatedApp } from "./registration";
export { appsOf, REGISTRY } from "./registry";
export { type AppStatementInput, hostname, type RegisteredApp, statementFile } from "./statement";
