import type { RegisteredApp } from "@demarc/shared/apps";
import type { Environment } from "@demarc/shared/environment";
import { devReachedBy, synthesized, type SynthesizedStack, withApps } from "@demarc/shared/testing";
import type { ApisSettings } from "../apis/settings";
import { addApis } from "../apis/stacks";
import { retained } from "./keys";

/** dev whose apps have REST APIs. */
export const apisEnvironment: Environment = devReachedBy({ kind: "api-gateway", loadBalancer: "service" });

const apps: readonly RegisteredApp[] = [
  { name: "petstore", team: "pets", hostnames: ["petstore", "pets"] },
  { name: "storefront", team: "shop", hostnames: ["storefront"] },
  { name: "worker", team: "shop", hostnames: [] },
];

/** Stacks of what REST APIs lean on, by their ids. */
export function apisStacks(
  environment: Environment = apisEnvironment,
  settings?: ApisSettings,
): Readonly<Record<string, SynthesizedStack>> {
  const build = withApps(apps, (app, found) => addApis(app, found, settings, retained));
  return synthesized(build, environment);
}
