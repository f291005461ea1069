import type { Controller } from "./controller";
import type { LoadBalancerPlan } from "./plan";
import type { Stack } from "./stack";

/**
 * Deploys a plan, unless it was deployed before and nothing of it was taken away in the cluster: like the real controller, this
 * one does not ask AWS about every load balancer whenever a pod changes.
 */
export async function deployPlan(
  controller: Controller,
  stack: Stack,
  prefix: string,
  plan: LoadBalancerPlan,
): Promise<{ readonly dnsName: string; readonly changed: boolean }> {
  const key = `${prefix} ${plan.stack}`;
  const text = JSON.stringify(plan);
  const before = controller.memory.deployed.get(key);
  if (before?.plan === text && isBound(controller, plan)) return { dnsName: before.dnsName, changed: false };
  const { dnsName, settled } = await stack.deploy(await controller.aws(), plan);
  if (settled) controller.memory.deployed.set(key, { plan: text, dnsName });
  return { dnsName, changed: before?.plan !== text };
}

function isBound({ objects, flavor }: Controller, { targetGroups }: LoadBalancerPlan): boolean {
  const bindings = objects(flavor.bindings);
  return targetGroups.every(({ name, service }) =>
    bindings.some(({ metadata }) => metadata.name === name && metadata.namespace === service.namespace),
  );
}
