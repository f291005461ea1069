import type { Environment, Problem } from "../environment";
import { each } from "./registry";

/** Where apps cannot be reached as the environment says, for what their pods run on. Empty where they can. */
export function exposureComputeProblems({
  clusters,
  exposures,
}: Pick<Environment, "clusters" | "exposures">): Problem[] {
  return each(exposures, ({ notOn }, exposure) =>
    Object.entries(clusters).flatMap(([id, { compute }]) => {
      const why = notOn?.(exposure)[compute.kind];
      if (why === undefined) return [];
      const message = `"${exposure.kind}" does not reach apps in cluster "${id}", whose pods run on ${compute.kind}: ${why}; take another exposure or another kind of compute there (packages/shared/src/environment/environments)`;
      return [{ path: "exposures", message }];
    }),
  ).flat();
}
