import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Exposure, Problem } from "../environment";
import type { AskingApp, ExposedApp } from "./consequences";
import { each } from "./registry";

/** Why an app cannot be in an environment of these exposures. Empty where it can. @param app its name */
export function exposureProblems(exposures: readonly Exposure[], app: string): Problem[] {
  if (exposuresFor(app, exposures).length > 0) return [];
  const kinds = exposures.map(({ kind }) => kind).join(" and ");
  const message = `"${kinds}" of the environment leaves out "${app}", so nothing would reach it; name the app in the exposure's apps (packages/shared/src/environment/environments)`;
  return [{ path: "exposures", message }];
}

/** What an app asks for and cannot have with those exposures that are for it. @param app its name */
export function askedProblems(exposures: readonly Exposure[], app: string, asks: AskingApp): Problem[] {
  return each(exposuresFor(app, exposures), ({ problems }, exposure) => problems?.(asks, exposure) ?? []).flat();
}

/**
 * Makes what the app needs in order to be reached by each exposure of its environment.
 * @returns what has to be there before its first pod
 */
export function expose(scope: Construct, app: ExposedApp): ITerraformDependable[] {
  const { exposures } = app.stack.environment;
  return each(exposuresFor(app.app, exposures), ({ expose: made }, exposure) => made(scope, app, exposure)).flat();
}

/** Those by which an app is reached. @param app its name */
function exposuresFor(app: string, exposures: readonly Exposure[]): Exposure[] {
  return each(exposures, ({ apps }, exposure) => ((apps?.(exposure)?.includes(app) ?? true) ? [exposure] : [])).flat();
}
