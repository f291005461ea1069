import { kinds, type Service } from "../kubernetes/kinds";
import { nameOf } from "../kubernetes/object";
import { addFinalizer, attempt, type Controller, note, removeFinalizer } from "./controller";
import { deployPlan } from "./deploy-plan";
import { hasFinalizer } from "./ingress-group";
import { isServed, planService } from "./service-plan";
import { deleteUnusedBackendSecurityGroup, Stack } from "./stack";

/** One NLB for each Service of the controller's class. @returns whether all of it worked */
export async function reconcileServices(controller: Controller): Promise<boolean> {
  const { flavor, objects } = controller;
  const finalizer = `${flavor.servicePrefix}/resources`;
  let worked = true;
  for (const service of objects(kinds.services)) {
    const served = isServed(service, flavor);
    if (!served && !hasFinalizer(service, finalizer)) continue;
    const done = await attempt(controller, [service], async () => {
      if (served) await deploy(controller, service, finalizer);
      else await destroy(controller, service, finalizer);
    });
    worked &&= done;
  }
  return worked;
}

async function deploy(controller: Controller, service: Service, finalizer: string): Promise<void> {
  const { flavor, cluster, objects, planning, kubernetes } = controller;
  await addFinalizer(controller, kinds.services, service, finalizer);
  const plan = planService(service, { ...planning, cluster, services: objects(kinds.services) });
  const stack = new Stack(controller, flavor.servicePrefix, nameOf(service));
  const { dnsName, changed } = await deployPlan(controller, stack, flavor.servicePrefix, plan);
  if (service.status?.loadBalancer?.ingress?.[0]?.hostname !== dnsName) {
    const status = { loadBalancer: { ingress: [{ hostname: dnsName }] } };
    await kubernetes.patchStatus(kinds.services, service.metadata, { status });
  }
  const message = "Successfully reconciled";
  if (changed) await note(controller, [service], { type: "Normal", reason: "SuccessfullyReconciled", message });
}

async function destroy(controller: Controller, service: Service, finalizer: string): Promise<void> {
  const { flavor } = controller;
  controller.memory.deployed.delete(`${flavor.servicePrefix} ${nameOf(service)}`);
  const stack = new Stack(controller, flavor.servicePrefix, nameOf(service));
  const aws = await controller.aws();
  if (!(await stack.destroy(aws))) return;
  await deleteUnusedBackendSecurityGroup(controller, aws);
  await removeFinalizer(controller, kinds.services, service, finalizer);
}
