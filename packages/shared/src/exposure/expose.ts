import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { Exposure, Problem } from "../environment";
import type { AskingApp, ExposedApp } from "./consequences";
import { each, exposuresWith } from "./registry";

/** Kinds of exposure that an app can have. */
const exposable = exposuresWith(({ expose }) => expose !== undefined);

/** Why an app cannot be in an environment of these exposures. Empty where it can. @param app its name */
export function exposureProblems(exposures: readonly Exposure[], app: string): Problem[] {
  const notBuilt = exposures
    .filter(({ kind }) => !exposable.includes(kind))
    .map(({ kind }) => ({
      path: "exposures",
      message: `"${kind}" is what the environment asks for, and apps cannot be exposed so yet; those that can: ${exposable.join(", ")}`,
    }));
  if (exposuresFor(app, exposures).length > 0) return notBuilt;
  const kinds = exposures.map(({ kind }) => kind).join(" and ");
  const message = `"${kinds}" of the environment leaves out "${app}", so nothing would reach it; name the app in the exposure's apps (packages/shared/src/environment/environments)`;
  return [...notBuilt, { path: "exposures", message }];
}

/** What an app asks for and cannot have with those exposures that are for it. @param app its name */
export function askedProblems(exposures: readonly Exposure[], app: string, asks: AskingApp): Problem[] {
  return each(exposuresFor(app, exposures), ({ problems }) => problems?.(asks) ?? []).flat();
}

/**
 * Makes what the app needs in order to be reached by each exposure of its environment.
 * @returns what has to be there before its first pod
 */
export function expose(scope: Construct, app: ExposedApp): ITerraformDependable[] {
  return each(exposuresFor(app.app, app.stack.environment.exposures), ({ expose: made }, exposure) => {
    if (made === undefined)
      throw new Error(`no construct exposes an app by ${exposure.kind}: the app was not validated`);
    return made(scope, app, exposure);
  }).flat();
}

/** Those by which an app is reached. @param app its name */
function exposuresFor(app: string, exposures: readonly Exposure[]): Exposure[] {
  return each(exposures, ({ apps }, exposure) => ((apps?.(exposure).includes(app) ?? true) ? [exposure] : [])).flat();
}
