import { dnsRecord, type Environment, type Exposure, type WeighedRecord } from "../environment";
import { each } from "./registry";

/** An app that a load balancer of infra's own leads to. */
export interface EdgeApp {
  readonly name: string;
  /** Where the environment names it, such as `exposures.0.apps.1`. */
  readonly path: string;
}

/** The apps that a load balancer of infra's own leads to; empty where infra has none. */
export function edgeApps(exposures: readonly Exposure[]): EdgeApp[] {
  const named = each(exposures, ({ bindsTargetGroups = false, apps }, exposure) =>
    bindsTargetGroups ? (apps?.(exposure) ?? []) : [],
  );
  return named.flatMap((apps, at) =>
    apps.map((name, index) => ({ name, path: `exposures.${String(at)}.apps.${String(index)}` })),
  );
}

/** Records of the load balancers of infra's own: one where the environment has such a load balancer, else none. */
export function edgeRecords(environment: Environment): WeighedRecord[] {
  return each(environment.exposures, ({ bindsTargetGroups = false }, { kind }) =>
    bindsTargetGroups ? [dnsRecord(environment, kind)] : [],
  ).flat();
}
