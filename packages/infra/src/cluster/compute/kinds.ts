import { z } from "zod";
import { autoMode } from "./auto-mode/auto-mode";
import { autoModeSettings } from "./auto-mode/settings";
import type { Compute } from "./compute";
import { fargate } from "./fargate/fargate";
import { fargateSettings } from "./fargate/settings";
import { managedNodes } from "./managed-nodes/managed-nodes";
import { managedNodesSettings } from "./managed-nodes/settings";

/** How pods get machines: the settings of every kind of compute that has a cluster. */
export const computeSettings = z.discriminatedUnion(
  "kind",
  [managedNodesSettings, fargateSettings, autoModeSettings],
  "must be one of managed-nodes, fargate, auto-mode",
);

export type ComputeSettings = z.output<typeof computeSettings>;

/** The kind of compute that the settings are of. */
export function computeOf(settings: ComputeSettings): Compute {
  switch (settings.kind) {
    case "managed-nodes":
      return managedNodes(settings);
    case "fargate":
      return fargate(settings);
    case "auto-mode":
      return autoMode(settings);
  }
}
