import type { Construct } from "constructs";
import type { Exposure, Problem } from "../environment";
import type { ExposedApp } from "./consequences";
import { each, exposuresWith } from "./registry";

/** Kinds of exposure that an app can have. */
const exposable = exposuresWith(({ expose }) => expose !== undefined);

/** Why an app cannot be in an environment of these exposures. Empty where it can. */
export function exposureProblems(exposures: readonly Exposure[]): Problem[] {
  return exposures
    .filter(({ kind }) => !exposable.includes(kind))
    .map(({ kind }) => ({
      path: "exposures",
      message: `"${kind}" is what the environment asks for, and apps cannot be exposed so yet; those that can: ${exposable.join(", ")}`,
    }));
}

/** Makes what the app needs in order to be reached by each exposure of its environment. */
export function expose(scope: Construct, app: ExposedApp): void {
  each(app.stack.environment.exposures, ({ expose: made }, exposure) => {
    if (made === undefined)
      throw new Error(`no construct exposes an app by ${exposure.kind}: the app was not validated`);
    made(scope, app, exposure);
  });
}
