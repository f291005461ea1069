import type { RegisteredApp } from "../../apps";
import type { Exposure } from "../../environment";
import { each } from "../registry";

/** Whether apps have REST APIs. */
export function hasRestApis(exposures: readonly Exposure[]): boolean {
  return each(exposures, ({ restApi = false }) => restApi).includes(true);
}

/** Names of the apps that have one: those with a host name that such an exposure is for. @param registered all apps */
export function restApiApps(exposures: readonly Exposure[], registered: readonly RegisteredApp[]): string[] {
  const named = each(exposures, ({ restApi = false, apps }, exposure) =>
    registered.filter(({ name }) => restApi && (apps?.(exposure)?.includes(name) ?? true)),
  ).flat();
  return [...new Set(named.filter(({ hostnames }) => hostnames.length > 0).map(({ name }) => name))];
}
