import { type PlacedStack, Refusal } from "@demarc/deploy";
import { clusterName, type Environment } from "@demarc/shared/environment";
import { duration } from "../progress/duration";

/** How long controllers may take to clean up after apps that are gone, in milliseconds. */
const PATIENCE = 3 * 60_000;

/** How many of the things that are waited for are named. */
const NAMED = 3;

/**
 * What a stack of a cluster must wait for before it is destroyed: a controller that goes before it has taken away what it made for
 * apps leaves it behind for good. Apps themselves wait for nothing, and neither does a stack with Ingresses of its own, for which it was
 * made: the stack below, with the controllers, waits for all of it.
 * @param made what the controllers of a cluster made for apps and have not taken away, a few words each
 * @returns what to ask again and again; it answers undefined once the stack may go
 */
export function cleanUp(
  environment: Environment,
  made: (cluster: string) => Promise<readonly string[]>,
  patience = PATIENCE,
): (placed: PlacedStack) => Promise<string | undefined> {
  const since = new Map<string, number>();
  return async ({ id, cluster: clusterId, target, stack }) => {
    if (clusterId === undefined || target.project.kind === "apps" || stack.hasIngresses) return undefined;
    const cluster = clusterName(environment, clusterId);
    const left = await made(cluster);
    if (left.length === 0) return undefined;
    const started = since.get(id) ?? Date.now();
    since.set(id, started);
    if (Date.now() - started >= patience) throw new Refusal([sentence(id, cluster, left, patience)]);
    const more = left.length > NAMED ? ` and ${String(left.length - NAMED)} more` : "";
    return `controllers of ${cluster} to take away ${left.slice(0, NAMED).join(", ")}${more}`;
  };
}

function sentence(id: string, cluster: string, left: readonly string[], patience: number): string {
  return [
    `${id} is not destroyed, for controllers in cluster ${cluster} made these for apps and have not taken them away in ${duration(patience)}:`,
    ...left.map((line) => `  ${line}`),
    "See what the controllers say (kubectl get events --all-namespaces), or delete what is listed; then destroy again.",
  ].join("\n");
}
