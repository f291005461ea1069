export { teamStatements } from "./people";
export { deliveryPolicies, deliveryStatements } from "./policies";
export { AUDIENCE, deliveryTrust, GITHUB_ISSUER } from "./trust";
export { deliveredWorkspaces } from "./workspaces";
