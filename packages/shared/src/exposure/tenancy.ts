import { type ComputeKind, dnsRecordAnnotations, type Environment, type Exposure } from "../environment";
import { each } from "./registry";
import type { Scheme } from "./subnets";

/** How many Services with a network load balancer a team may have in its namespace. */
export function mostServiceLoadBalancers(exposures: readonly Exposure[]): number {
  return Math.max(...each(exposures, ({ serviceLoadBalancers }, exposure) => serviceLoadBalancers?.(exposure) ?? 0));
}

/** Where a platform installs the load balancer controller. What EKS Auto Mode has built in goes by no label of a namespace. */
const HAS_CONTROLLER: Readonly<Record<ComputeKind, boolean>> = {
  "managed-nodes": true,
  fargate: true,
  "auto-mode": false,
};

/** Labels of each team's namespace, which controllers go by. @param compute what the cluster's pods run on */
export function namespaceLabels(exposures: readonly Exposure[], compute: ComputeKind): Record<string, string> {
  if (!HAS_CONTROLLER[compute]) return {};
  return Object.fromEntries(
    each(exposures, ({ namespaceLabels = {} }) => namespaceLabels).flatMap((labels) => Object.entries(labels)),
  );
}

/** Scheme of the load balancers that the controller makes for Ingresses. Undefined: apps are not reached so. */
export function ingressScheme(exposures: readonly Exposure[]): Scheme | undefined {
  const [scheme] = each(exposures, ({ ingressClasses = false, scheme }, exposure) =>
    ingressClasses ? [scheme(exposure)] : [],
  ).flat();
  return scheme;
}

/**
 * Annotations by which an Ingress makes a record of an app's its cluster's own: each set of them an exposure's.
 * @param cluster its short id
 */
export function ingressRecords(environment: Environment, cluster: string): Record<string, string>[] {
  return each(environment.exposures, ({ ingressClasses = false }, { kind }) =>
    ingressClasses ? [dnsRecordAnnotations(environment, cluster, kind)] : [],
  ).flat();
}
