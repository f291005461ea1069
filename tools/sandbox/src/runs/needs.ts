import type { PlacedStack } from "@demarc/deploy";
import type { Purpose } from "./builds";

/** What must have been built before a stack is deployed. */
export function needsOf({ cluster, target: { project } }: Pick<PlacedStack, "cluster" | "target">): Purpose[] {
  if (cluster === undefined) return [];
  return project.kind === "infra" ? ["control-plane"] : ["control-plane", "kubernetes-providers"];
}
