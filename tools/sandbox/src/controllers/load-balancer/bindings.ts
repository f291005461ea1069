import {
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { unlessNotFound } from "../../load-balancers-gone";
import { kinds } from "../kubernetes/kinds";
import { nameOf } from "../kubernetes/object";
import type { Aws } from "./aws";
import { addFinalizer, attempt, type Controller, note, removeFinalizer } from "./controller";
import { onlyPods } from "./ingress-target-group";
import type { TargetGroupBinding } from "./kinds";
import { UnbuildableModel } from "./plan";
import { keyOf, type PodTarget, targetsOf } from "./targets";

/** A binding that is in force, and whom it has registered. */
export interface BoundTargets {
  readonly binding: TargetGroupBinding;
  readonly targets: readonly PodTarget[];
}

/**
 * Registers and deregisters pods as bindings say. The target group itself is left alone: it is made and deleted by whoever named
 * it here.
 *
 * @returns what is bound, and whether all of it worked
 */
export async function reconcileBindings(
  controller: Controller,
): Promise<{ readonly bound: readonly BoundTargets[]; readonly worked: boolean }> {
  const bound: BoundTargets[] = [];
  let worked = true;
  for (const binding of controller.objects(controller.flavor.bindings)) {
    const done = await attempt(controller, [binding], async () => {
      if (binding.metadata.deletionTimestamp === undefined) bound.push(await bind(controller, binding));
      else await unbind(controller, binding);
    });
    // What is not known to have gone keeps its rules.
    if (!done) bound.push({ binding, targets: controller.memory.targets.get(nameOf(binding)) ?? [] });
    worked &&= done;
  }
  return { bound, worked };
}

async function bind(controller: Controller, binding: TargetGroupBinding): Promise<BoundTargets> {
  const { flavor, kubernetes } = controller;
  const { targetGroupARN, targetType = "ip" } = binding.spec;
  if (targetType !== "ip") throw new UnbuildableModel(onlyPods(targetType));
  if (targetGroupARN === undefined) throw new UnbuildableModel("spec.targetGroupARN is missing");
  await addFinalizer(controller, flavor.bindings, binding, finalizerOf(controller));
  const targets = await wantedTargets(controller, binding);
  const changed = await setTargets(await controller.aws(), targetGroupARN, targets);
  controller.memory.targets.set(nameOf(binding), targets);
  const { generation } = binding.metadata;
  if (binding.status?.observedGeneration !== generation) {
    await kubernetes.patchStatus(flavor.bindings, binding.metadata, { status: { observedGeneration: generation } });
  }
  if (changed) {
    controller.say(`${nameOf(binding)}: targets ${targets.map(keyOf).join(", ") || "none"}`);
    await note(controller, [binding], {
      type: "Normal",
      reason: "SuccessfullyReconciled",
      message: "Successfully reconciled",
    });
  }
  return { binding, targets };
}

async function unbind(controller: Controller, binding: TargetGroupBinding): Promise<void> {
  const finalizer = finalizerOf(controller);
  if (!(binding.metadata.finalizers ?? []).includes(finalizer)) return;
  const { targetGroupARN } = binding.spec;
  // Whoever made the target group may have taken it away with its targets.
  if (targetGroupARN !== undefined) await unlessNotFound(setTargets(await controller.aws(), targetGroupARN, []));
  controller.memory.targets.delete(nameOf(binding));
  await removeFinalizer(controller, controller.flavor.bindings, binding, finalizer);
}

/** None where the service is not there: then nobody is behind it. */
async function wantedTargets(controller: Controller, binding: TargetGroupBinding): Promise<PodTarget[]> {
  const { name, port } = binding.spec.serviceRef;
  const service = controller
    .objects(kinds.services)
    .find(({ metadata }) => metadata.namespace === binding.metadata.namespace && metadata.name === name);
  if (service !== undefined) return targetsOf(service, port, controller.objects(kinds.endpointSlices));
  const message = `backend not found: Service "${name}" not found`;
  await note(controller, [binding], { type: "Warning", reason: "BackendNotFound", message });
  return [];
}

/** @returns whether anything had to change */
async function setTargets({ elb }: Aws, TargetGroupArn: string, wanted: readonly PodTarget[]): Promise<boolean> {
  const { TargetHealthDescriptions = [] } = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn }));
  const present = TargetHealthDescriptions.filter(({ TargetHealth }) => TargetHealth?.State !== "draining").map(
    ({ Target: target }) => ({ ip: target?.Id ?? "", port: target?.Port ?? 0 }),
  );
  const extra = without(present, wanted);
  const missing = without(wanted, present);
  const asked = (targets: readonly PodTarget[]) => ({
    TargetGroupArn,
    Targets: targets.map(({ ip, port }) => ({ Id: ip, Port: port })),
  });
  if (extra.length > 0) await elb.send(new DeregisterTargetsCommand(asked(extra)));
  if (missing.length > 0) await elb.send(new RegisterTargetsCommand(asked(missing)));
  return extra.length + missing.length > 0;
}

function without(targets: readonly PodTarget[], others: readonly PodTarget[]): PodTarget[] {
  const known = new Set(others.map(keyOf));
  return targets.filter((target) => !known.has(keyOf(target)));
}

function finalizerOf({ flavor }: Controller): string {
  return `${flavor.bindingPrefix}/resources`;
}
