import { appsOf } from "@demarc/shared/apps";
import type { Environment } from "@demarc/shared/environment";
import { bindingsOpenPods } from "@demarc/shared/exposure";
import type { App } from "cdktf";
import { AccessLogsStack } from "../access-logs/stack";
import type { RetainSettings } from "../keys/settings";
import { EdgeAccessStack } from "./access-stack";
import { exposedHosts, hasEdge, networkEdge, portsOf } from "./exposed";
import { NetworkEdgeStack } from "./network-stack";
import { albSettings, type EdgeSettings, edgeSettings } from "./settings";
import { EdgeStack } from "./stack";

/**
 * Adds the load balancer that infra owns to an environment that asks for it, and the way from it into each cluster where the apps'
 * bindings open none.
 * @param settings undefined: the defaults
 * @throws InvalidInput where the environment exposes an app that there is none of, or more than AWS takes
 */
export function addEdge(
  app: App,
  environment: Environment,
  settings: EdgeSettings | undefined,
  retain: RetainSettings,
): void {
  if (!hasEdge(environment)) return;
  const hosts = exposedHosts(environment, appsOf(app));
  const valid = settings ?? edgeSettings.parse({});
  const { listeners } = networkEdge(environment) ?? {};
  if (listeners === undefined) {
    new AccessLogsStack(app, environment, albSettings(valid).accessLogRetentionDays, retain);
    new EdgeStack(app, environment, hosts, valid, retain);
  } else {
    new NetworkEdgeStack(app, environment, hosts, listeners, valid.deletionProtection);
  }
  for (const cluster of Object.keys(environment.clusters)) {
    if (!bindingsOpenPods({ environment, cluster })) new EdgeAccessStack(app, environment, cluster, portsOf(hosts));
  }
}
