export { deliveryPolicies, deliveryStatements } from "./policies";
export { AUDIENCE, deliveryTrust, GITHUB_ISSUER, githubEnvironment } from "./trust";
export { deliveredWorkspaces } from "./workspaces";
