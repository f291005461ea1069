import type { RegisteredApp } from "../../apps";
import { clusterArn, clusterNames, DELIVERY_STEPS, deliveryRole, type Environment, roleArn } from "../../environment";
import { allow, type Statement } from "../../iam";
import { merged } from "./merged";
import { statementsOfLists } from "./stored";
import { deliveredWorkspaces } from "./workspaces";

/**
 * What the roles of a team, as which people act, need of AWS in an environment: to take the roles that plan and deploy the team's workspaces, to
 * make a kubeconfig, to keep the list of what a plan of several workspaces does, and to tell what is deployed.
 * @param apps the registered ones
 */
export function teamStatements(environment: Environment, team: string, apps: readonly RegisteredApp[]): Statement[] {
  const roles = deliveredWorkspaces(apps)
    .filter((workspace) => workspace.team(environment) === team)
    .flatMap(({ name }) => DELIVERY_STEPS.map((step) => roleArn(environment, deliveryRole(environment, name, step))));
  const clusters = clusterNames(environment).map((name) => clusterArn(environment, name));
  return merged([
    ...(roles.length === 0 ? [] : [allow("sts:AssumeRole").on(...roles)]),
    allow("eks:DescribeCluster").on(...clusters),
    ...statementsOfLists(environment),
  ]);
}
