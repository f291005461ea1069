import {
  DELIVERY_STEPS,
  accessStackId,
  deliveryRole,
  type DeliveryStep,
  type Environment,
} from "@demarc/shared/environment";
import type { RegisteredApp } from "@demarc/shared/apps";
import { dev, roleIn, synthesized, type SynthesizedStack, withApps } from "@demarc/shared/testing";
import { AccessStack } from "../access/stack";

/** An app of each of the fixture's teams of apps. */
export const APPS: readonly RegisteredApp[] = [
  { name: "cats", team: "pets", hostnames: [] },
  { name: "store", team: "shop", hostnames: [], databaseUser: "store" },
];

/** All that is planned and deployed on its own, where these are the apps. */
export const WORKSPACES = ["infra", "k8s-platform", ...APPS.map(({ name }) => name)];

/** The stack with the roles that plan and deploy an environment. */
export function accessStack(environment: Environment = dev, apps = APPS): SynthesizedStack {
  const build = withApps(apps, (app, of) => {
    new AccessStack(app, of);
  });
  const { [accessStackId(environment)]: stack } = synthesized(build, environment);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack;
}

/** One of its roles, as IAM judges it. */
export function delivererIn(stack: SynthesizedStack, environment: Environment, workspace: string, step: DeliveryStep) {
  return roleIn(stack, deliveryRole(environment, workspace, step).split("/").at(-1) ?? "");
}

/** Every workspace with each step. */
export const everyRole = WORKSPACES.flatMap((workspace) => DELIVERY_STEPS.map((step) => [workspace, step] as const));
