import type { ComputeKind, Exposure } from "@demarc/shared/environment";
import { type AnyAddOn, fits } from "./addon";
import { awsForFluentBit } from "./aws-for-fluent-bit";
import { awsLoadBalancerController } from "./aws-load-balancer-controller";
import { clusterAutoscaler } from "./cluster-autoscaler";
import { externalDns } from "./external-dns";
import { metricsServer } from "./metrics-server";
import { traefik } from "./traefik";

/** Every add-on that there is. A new one is a file beside these, a line here and its chart in versions.ts. */
export const addons: readonly AnyAddOn[] = [
  awsForFluentBit,
  awsLoadBalancerController,
  clusterAutoscaler,
  externalDns,
  metricsServer,
  traefik,
];

/** Those that a cluster of that compute kind gets where apps are reached so, each after those that it waits for. */
export function addonsOn(compute: ComputeKind, exposures: readonly Exposure[]): AnyAddOn[] {
  return inOrder(addons.filter((addon) => addon.runsOn.includes(compute) && fits(addon, exposures)));
}

/**
 * Add-ons with each after those that it waits for; who is not among them is not waited for.
 * @throws Error where some wait for each other
 */
export function inOrder(unordered: readonly AnyAddOn[]): AnyAddOn[] {
  const ordered: AnyAddOn[] = [];
  let left = [...unordered];
  while (left.length > 0) {
    const waiting = left.map(({ name }) => name);
    const ready = left.filter(({ after = [] }) => !after.some((name) => waiting.includes(name)));
    if (ready.length === 0) throw new Error(`add-ons ${waiting.join(", ")} wait for each other`);
    ordered.push(...ready);
    left = left.filter((addon) => !ready.includes(addon));
  }
  return ordered;
}
