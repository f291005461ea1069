/** Label of a team's namespace, with the team's name: admission policies and the ingress class go by it. */
export const TEAM_LABEL = "team";
