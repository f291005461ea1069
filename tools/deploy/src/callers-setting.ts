import path from "node:path";
import { allApps } from "@demarc/shared/apps";
import { allEnvironments, type DeliveryStep, type Environment } from "@demarc/shared/environment";
import { infra } from "@demarc/shared/workspace";
import { whoIs } from "./caller";
import { commitOf } from "./deployed/commit";
import { LogGroups } from "./log-groups";
import { actsFor } from "./owner";
import { Pipeline } from "./pipeline";
import { Policies } from "./policies";
import { deployableProjects } from "./projects";
import type { Setting } from "./setting";
import { States } from "./states";

/**
 * The setting of whoever calls a program: its own credentials, or roles that are taken in its place.
 * @param step what the roles of a pipeline may do
 * @param root of the repository
 */
export async function callersSetting(step: DeliveryStep, root: string): Promise<Setting> {
  const pipeline = Pipeline.in(process.env, step);
  return {
    environments: allEnvironments(),
    apps: allApps(),
    projects: deployableProjects(root),
    variables: process.env,
    root,
    home: path.join(root, ".deploy"),
    states: new States(),
    policies: new Policies(),
    logGroups: new LogGroups(),
    who: whoIs(),
    commit: await commitOf(root),
    actAs: actsFor(process.env, step, pipeline),
    withoutAdministrators: pipeline !== undefined,
    terminal: process.stdin.isTTY && process.stdout.isTTY,
    say: (line) => console.log(line),
  };
}

/**
 * The setting of what is no one workspace's, such as the list of what a plan of several does: the caller's. A pipeline has no
 * credentials of its own, so infra's role keeps that.
 */
export async function settingOfEnvironment(environment: Environment, setting: Setting): Promise<Setting> {
  if (setting.withoutAdministrators !== true) return setting;
  const identity = await setting.actAs?.(environment, { project: infra.name, team: infra.team(environment) });
  return identity === undefined ? setting : { ...setting, ...identity };
}
