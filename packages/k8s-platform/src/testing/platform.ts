import type { RegisteredApp } from "@demarc/shared/apps";
import type { ComputeKind, Environment } from "@demarc/shared/environment";
import { dev, type SynthesizedStack, synthesized, withApps } from "@demarc/shared/testing";
import { parseHelmValues } from "@demarc/shared/kubernetes";
import type { Target } from "@demarc/shared/stack";
import { z } from "zod";
import { AddOnsStack } from "../addons/stack";
import type { K8sPlatformSettingsInput } from "../settings/schema";
import { settingsOf } from "../settings/resolve";
import { TenancyStack } from "../tenancy/stack";

export { dev };

/** dev, but with clusters of that compute kind, and an exposure that reaches apps on it. */
export function devOn(kind: ComputeKind): Environment {
  const exposures: Environment["exposures"] =
    kind === "auto-mode" ? [{ kind: "api-gateway", loadBalancer: "service" }] : dev.exposures;
  return { ...dev, exposures, clusters: { a: { version: "1.35", compute: { kind } } } };
}

/** The addons stack of an environment's cluster a, with these settings. */
export function addonsStack(
  environment: Environment = dev,
  input: K8sPlatformSettingsInput = {},
  target?: Target,
): SynthesizedStack {
  const { addons, mirror, nodePools } = settingsOf({ dev: input }, environment);
  const build = withApps(APPS, (app, of) => {
    new AddOnsStack(app, { environment: of, cluster: "a", settings: addons, nodePools, mirror });
  });
  return only(synthesized(build, environment, target));
}

/** Two teams' apps, of which the second has a database user. */
export const APPS: readonly RegisteredApp[] = [
  { name: "petstore", team: "pets", hostnames: ["petstore"] },
  { name: "storefront", team: "shop", hostnames: ["storefront"], databaseUser: "storefront" },
];

/** The tenancy stack of an environment's cluster a, with these settings and registered apps. */
export function tenancyStack(
  environment: Environment = dev,
  input: K8sPlatformSettingsInput = {},
  apps: readonly RegisteredApp[] = APPS,
): SynthesizedStack {
  const { tenancy: settings, databaseUsers, mirror } = settingsOf({ dev: input }, environment);
  const build = withApps(apps, (app, of) => {
    new TenancyStack(app, { environment: of, cluster: "a", settings, databaseUsers, mirror });
  });
  return only(synthesized(build, environment));
}

/** Attributes of the object of that type and name; by its namespace too, where several have the name. */
export function objectNamed(
  stack: SynthesizedStack,
  type: string,
  name: string,
  namespace = "",
): Readonly<Record<string, unknown>> {
  const found = stack.resources(`kubernetes_${type}_v1`).filter(({ metadata }) => {
    const { name: its, namespace: of = "" } = named.parse(metadata);
    return its === name && of.includes(namespace);
  });
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) throw new Error(`${String(found.length)} of ${type} ${name}, not one`);
  return only;
}

const named = z.object({ name: z.string(), namespace: z.string().optional() });

/** Attributes of the release of that name. */
export function releaseNamed(stack: SynthesizedStack, name: string): Readonly<Record<string, unknown>> {
  const found = stack.resources("helm_release").find((release) => release["name"] === name);
  if (found === undefined) throw new Error(`${stack.id} has no release ${name}`);
  return found;
}

/** Each of a release's values, the last of which wins. */
export function valuesOf(release: Readonly<Record<string, unknown>>): unknown[] {
  const values = release["values"];
  return Array.isArray(values) ? values.map((text) => parseHelmValues(String(text))) : [];
}

function only(stacks: Readonly<Record<string, SynthesizedStack>>): SynthesizedStack {
  const [stack, ...others] = Object.values(stacks);
  if (stack === undefined || others.length > 0) throw new Error("not one stack");
  return stack;
}
