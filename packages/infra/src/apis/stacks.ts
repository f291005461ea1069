import { appsOf } from "@demarc/shared/apps";
import type { Environment } from "@demarc/shared/environment";
import { hasRestApis, restApiApps } from "@demarc/shared/exposure";
import type { App } from "cdktf";
import type { RetainSettings } from "../keys/settings";
import { unaskedProblems } from "../settings/unasked";
import { type ApisSettings, apisSettings } from "./settings";
import { ApisStack } from "./stack";

/** Adds what REST APIs lean on to an environment whose apps have such. @param settings undefined: the defaults */
export function addApis(
  app: App,
  environment: Environment,
  settings: ApisSettings | undefined,
  retain: RetainSettings,
): void {
  if (!hasRestApis(environment.exposures)) return;
  const apps = restApiApps(environment.exposures, appsOf(app));
  new ApisStack(app, environment, apps, settings ?? apisSettings.parse({}), retain);
}

/** What is wrong with settings of APIs in an environment that has none. Empty where there are none, or it has some. */
export function apisSettingsProblems(environment: Pick<Environment, "exposures">, apis: unknown) {
  const message = "is for REST APIs of apps, and the environment has no exposure by them; remove it, or add that";
  return unaskedProblems("apis", apis, hasRestApis(environment.exposures), message);
}
