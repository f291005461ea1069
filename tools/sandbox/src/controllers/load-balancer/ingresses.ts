import { type Ingress, kinds } from "../kubernetes/kinds";
import { addFinalizer, attempt, type Controller, note, removeFinalizer } from "./controller";
import { type IngressGroup, ingressGroups } from "./ingress-group";
import { planIngresses } from "./ingress-plan";
import { deleteUnusedBackendSecurityGroup, Stack } from "./stack";
import { deployPlan } from "./deploy-plan";

/** One ALB for each group of Ingresses. @returns whether all of it worked */
export async function reconcileIngresses(controller: Controller): Promise<boolean> {
  const { objects, flavor } = controller;
  const groups = ingressGroups(
    {
      ingresses: objects(kinds.ingresses),
      classes: objects(kinds.ingressClasses),
      params: objects(flavor.params),
      namespaces: objects(kinds.namespaces),
    },
    flavor,
  );
  let worked = true;
  for (const group of groups) {
    const about = [...group.members.map(({ ingress }) => ingress), ...group.leaving];
    const done = await attempt(controller, about, () => reconcileGroup(controller, group));
    worked &&= done;
  }
  return worked;
}

async function reconcileGroup(controller: Controller, group: IngressGroup): Promise<void> {
  const { flavor, cluster, objects, planning } = controller;
  const stack = new Stack(controller, flavor.ingressPrefix, group.id);
  const members = group.members.map(({ ingress }) => ingress);
  for (const ingress of members) await addFinalizer(controller, kinds.ingresses, ingress, group.finalizer);
  if (members.length === 0) {
    controller.memory.deployed.delete(`${flavor.ingressPrefix} ${group.id}`);
    const aws = await controller.aws();
    if (!(await stack.destroy(aws))) return;
    await deleteUnusedBackendSecurityGroup(controller, aws);
  } else {
    const plan = planIngresses(group, { ...planning, cluster, services: objects(kinds.services) });
    const { dnsName, changed } = await deployPlan(controller, stack, flavor.ingressPrefix, plan);
    for (const ingress of members) await setStatus(controller, ingress, dnsName);
    if (changed) await note(controller, members, RECONCILED);
  }
  for (const ingress of group.leaving) await removeFinalizer(controller, kinds.ingresses, ingress, group.finalizer);
}

const RECONCILED = { type: "Normal", reason: "SuccessfullyReconciled", message: "Successfully reconciled" } as const;

async function setStatus({ kubernetes }: Controller, ingress: Ingress, dnsName: string): Promise<void> {
  if (ingress.status?.loadBalancer?.ingress?.[0]?.hostname === dnsName) return;
  const status = { loadBalancer: { ingress: [{ hostname: dnsName }] } };
  await kubernetes.patchStatus(kinds.ingresses, ingress.metadata, { status });
}
