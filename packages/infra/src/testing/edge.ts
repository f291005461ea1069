import type { RegisteredApp } from "@demarc/shared/apps";
import { type Environment, parse } from "@demarc/shared/environment";
import { dev, devReachedBy, synthesized, type SynthesizedStack, withApps } from "@demarc/shared/testing";
import { edgeSettings } from "../edge/settings";
import { addEdge } from "../edge/stacks";
import type { RetainSettings } from "../keys/settings";
import type { InfraSettingsInput } from "../settings/schema";
import { retained } from "./keys";
import { settings } from "./settings";

/** Apps that the fixture's ALB leads to: one says all that it can of its target groups, the other nothing. */
export const exposedApps: readonly RegisteredApp[] = [
  {
    name: "petstore",
    team: "pets",
    hostnames: ["petstore", "pets"],
    targetGroup: {
      port: 8080,
      health: {
        path: "/readyz",
        intervalSeconds: 10,
        timeoutSeconds: 4,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
        codes: "200-299",
      },
      deregistrationSeconds: 20,
    },
  },
  { name: "storefront", team: "shop", hostnames: ["storefront"] },
  { name: "unexposed", team: "shop", hostnames: ["unexposed"] },
];

type Weights = Readonly<Record<string, number>>;

/** dev with a cluster for each weight, exposed through an ALB of infra's. */
export function edgeEnvironment(weights: Weights = { a: 100, b: 0 }, apps = ["petstore", "storefront"]): Environment {
  const cluster = { version: "1.35", compute: { kind: "managed-nodes" as const } };
  const clusters = Object.fromEntries(Object.entries(weights).map(([id, weight]) => [id, { ...cluster, weight }]));
  return { ...dev, clusters, exposures: [{ kind: "target-group-binding", apps }] };
}

/** The same with a network load balancer of infra's for each cluster. @param listeners port of each app, by its name */
export function networkEdgeEnvironment(listeners: Readonly<Record<string, number>>): Environment {
  const reached = devReachedBy({ kind: "api-gateway", loadBalancer: "infra", listeners: { ...listeners } });
  return { ...reached, clusters: edgeEnvironment().clusters };
}

/** Apps with one host name each, which is what a listener leads to. */
export const listenedApps: readonly RegisteredApp[] = [
  { name: "petstore", team: "pets", hostnames: ["petstore"] },
  { name: "storefront", team: "shop", hostnames: ["storefront"] },
];

/** What infra is told of the environment with an ALB. */
export const settingsWithEdge = {
  ...settings,
  clusters: { a: settings.clusters.a, b: settings.clusters.a },
  edge: {
    waf: { countedRules: [{ group: "common", rule: "SizeRestrictions_BODY", reason: "The shop takes pictures" }] },
  },
} satisfies InfraSettingsInput;

interface EdgeFixture {
  readonly environment?: Environment;
  readonly settings?: InfraSettingsInput["edge"];
  readonly apps?: readonly RegisteredApp[];
  readonly retain?: RetainSettings;
}

/** The stacks of the load balancer that infra owns, by their ids. */
export function edgeStacks({
  environment = edgeEnvironment(),
  settings,
  apps = exposedApps,
  retain = retained,
}: EdgeFixture = {}): Readonly<Record<string, SynthesizedStack>> {
  const valid = settings === undefined ? undefined : parse("settings", edgeSettings, settings);
  const build = withApps(apps, (app, found) => addEdge(app, found, valid, retain));
  return synthesized(build, environment);
}

/** One of them. @param id such as `dev-edge` @throws Error where there is none of that id */
export function edgeStack(fixture: EdgeFixture = {}, id = "dev-edge"): SynthesizedStack {
  const stacks = edgeStacks(fixture);
  const stack = stacks[id];
  if (stack === undefined) throw new Error(`there is no ${id} among ${Object.keys(stacks).join()}`);
  return stack;
}
