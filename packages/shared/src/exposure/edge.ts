import { dnsRecord, type Environment, type Exposure, type WeighedRecord } from "../environment";
import type { Edge } from "./consequences";
import { each } from "./registry";

/** An app that a load balancer of infra's own leads to. */
export interface EdgeApp {
  readonly name: string;
  /** Where the environment names it, such as `exposures.0.apps.1`. */
  readonly path: string;
}

/** The apps that a load balancer of infra's own leads to; empty where infra has none. */
export function edgeApps(exposures: readonly Exposure[]): EdgeApp[] {
  const named = each(exposures, ({ edge, apps }, exposure) => {
    const made = edge?.(exposure);
    if (made === undefined) return [];
    const pathOf = (name: string, at: number) => (made.type === "network" ? `listeners.${name}` : `apps.${String(at)}`);
    return (apps?.(exposure) ?? []).map((name, at) => ({ name, path: pathOf(name, at) }));
  });
  return named.flatMap((apps, at) => apps.map(({ name, path }) => ({ name, path: `exposures.${String(at)}.${path}` })));
}

/** The load balancers that infra owns. */
export function edgesOf(exposures: readonly Exposure[]): Edge[] {
  return each(exposures, ({ edge }, exposure) => edge?.(exposure) ?? []).flat();
}

/** Port of an app's listener at the load balancer that infra owns in each cluster. Undefined: it has none. */
export function listenerOf(exposures: readonly Exposure[], app: string): number | undefined {
  return edgesOf(exposures).flatMap((edge) => (edge.type === "network" ? (edge.listeners[app] ?? []) : []))[0];
}

/** Records of the load balancers of infra's own that know host names: one where the environment has such a load balancer, else none. */
export function edgeRecords(environment: Environment): WeighedRecord[] {
  return each(environment.exposures, ({ edge }, exposure) =>
    edge?.(exposure)?.type === "application" ? [dnsRecord(environment, exposure.kind)] : [],
  ).flat();
}
