import type { Environment } from "@demarc/shared/environment";
import { hasWebAcl } from "@demarc/shared/exposure";
import type { App } from "cdktf";
import type { RetainSettings } from "../keys/settings";
import { unaskedProblems } from "../settings/unasked";
import { type WafSettings, wafSettings } from "./settings";
import { WebAclStack } from "./stack";

/**
 * Adds the web ACL of what leads to apps to an environment that asks for it.
 * @param settings undefined: the defaults
 */
export function addWebAcl(
  app: App,
  environment: Environment,
  settings: WafSettings | undefined,
  retain: RetainSettings,
): void {
  if (!hasWebAcl(environment.exposures)) return;
  new WebAclStack(app, environment, settings ?? wafSettings.parse({}), retain);
}

/** What is wrong with settings of a web ACL in an environment that has none. Empty where there are none, or it has one. */
export function webAclProblems({ exposures }: Pick<Environment, "exposures">, webAcl: unknown) {
  const message =
    "is for the web ACL of what leads to apps, and no exposure of the environment has waf: true; remove it, or add that";
  return unaskedProblems("webAcl", webAcl, hasWebAcl(exposures), message);
}
