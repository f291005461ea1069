import { z } from "zod";
import type { Compute } from "./compute";
import { managedNodes } from "./managed-nodes/managed-nodes";
import { managedNodesSettings } from "./managed-nodes/settings";

/** How pods get machines: the settings of every kind of compute that has a cluster. */
export const computeSettings = z.discriminatedUnion("kind", [managedNodesSettings], "must be managed-nodes");

export type ComputeSettings = z.output<typeof computeSettings>;

/** The kind of compute that the settings are of. */
export function computeOf(settings: ComputeSettings): Compute {
  return managedNodes(settings);
}
