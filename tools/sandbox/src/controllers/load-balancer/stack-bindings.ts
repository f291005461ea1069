import type { Controller } from "./controller";
import type { BindingPeer, TargetGroupBinding } from "./kinds";
import type { HealthCheckPlan, LoadBalancerPlan, TargetGroupPlan } from "./plan";

/** Labels of the bindings of a stack. */
function labelsOf(prefix: string, stack: string): Record<string, string> {
  const [namespace = "", name] = stack.split("/");
  if (name === undefined) return { [`${prefix}/stack`]: stack };
  return { [`${prefix}/stack-namespace`]: namespace, [`${prefix}/stack-name`]: name };
}

/** The bindings of a stack, those that go too, as the API server has them now. */
export async function bindingsOf(
  { kubernetes, flavor }: Controller,
  prefix: string,
  stack: string,
): Promise<readonly TargetGroupBinding[]> {
  const labelSelector = Object.entries(labelsOf(prefix, stack))
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
  return (await kubernetes.list(flavor.bindings, { labelSelector })).items;
}

/** A binding for each target group of a plan, named as it, and no others: who registers the pods is the same for all. */
export async function setBindings(
  controller: Controller,
  prefix: string,
  plan: LoadBalancerPlan,
  { targetGroups, peer }: { readonly targetGroups: ReadonlyMap<string, string>; readonly peer: string },
): Promise<void> {
  const { kubernetes, flavor } = controller;
  for (const { metadata } of await bindingsOf(controller, prefix, plan.stack)) {
    const planned = plan.targetGroups.some(
      ({ name, service }) => name === metadata.name && service.namespace === metadata.namespace,
    );
    if (!planned && metadata.deletionTimestamp === undefined) await kubernetes.delete(flavor.bindings, metadata);
  }
  for (const { name, service, protocol, healthCheck } of plan.targetGroups) {
    const from = [{ securityGroup: { groupID: peer } }];
    await kubernetes.apply(flavor.bindings, {
      metadata: { name, namespace: service.namespace, labels: labelsOf(prefix, plan.stack) },
      spec: {
        targetGroupARN: targetGroups.get(name),
        targetType: "ip",
        serviceRef: { name: service.name, port: service.port },
        networking: { ingress: portsOf(protocol, healthCheck).map((port) => ({ from, ports: [port] })) },
      },
    });
  }
}

/** That of the targets, and the one at which they are asked for their health where it is another. */
function portsOf(protocol: TargetGroupPlan["protocol"], { port }: HealthCheckPlan): BindingPeer["ports"] {
  const health = Number(port);
  return [
    { protocol: protocol === "UDP" ? "UDP" : "TCP" },
    ...(Number.isNaN(health) ? [] : [{ protocol: "TCP" as const, port: health }]),
  ];
}
