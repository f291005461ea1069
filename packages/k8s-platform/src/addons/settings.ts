import type { Environment, Problem } from "@demarc/shared/environment";
import { z } from "zod";
import { knownChartOf } from "../charts/known";
import { valueProblems } from "../charts/values";
import { type AnyAddOn, fits } from "./addon";

export const addonsSettings = z.strictObject({
  /**
   * Values that are laid over an add-on's own, by the add-on's name: {"cluster-autoscaler": {"replicaCount": 1}}. A key that the chart
   * does not know is refused. Objects are merged. A list is added to the platform's own; an item takes the place of one with its
   * `name`. All else here wins over what the platform set for a reason.
   * @default none
   */
  overrides: z
    .record(z.string(), z.record(z.string(), z.json(), "must be an object of the chart's values"))
    .default({}),
});

export type AddOnsSettings = z.output<typeof addonsSettings>;

/** Overrides that would do nothing in this environment, each with the reason. @param addons those that there are */
export function overrideProblems(
  { overrides }: AddOnsSettings,
  { clusters, exposures }: Environment,
  addons: readonly AnyAddOn[],
): Problem[] {
  const kinds = Object.values(clusters).map(({ compute }) => compute.kind);
  return Object.entries(overrides).flatMap(([name, override]) => {
    const path = `addons.overrides.${name}`;
    const addon = addons.find((other) => other.name === name);
    if (addon === undefined) {
      const known = addons.map((other) => other.name).join(", ");
      return [{ path, message: `there is no add-on "${name}"; it must be one of ${known}` }];
    }
    const isWanted = fits(addon, exposures);
    if (isWanted && kinds.some((kind) => addon.runsOn.includes(kind))) {
      return valueProblems(override, knownChartOf(addon.chart), path);
    }
    const lacking = [...new Set(kinds)].filter((kind) => !addon.runsOn.includes(kind));
    const reasons = [
      ...lacking.map((kind) => `not on ${kind}: ${addon.notOn[kind] ?? ""}`),
      ...(isWanted ? [] : [addon.onlyWith?.else ?? ""]),
    ];
    return [{ path, message: `the add-on is in no cluster of this environment (${reasons.join("; ")}); remove it` }];
  });
}
