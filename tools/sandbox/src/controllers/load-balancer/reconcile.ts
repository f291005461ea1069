import { kinds } from "../kubernetes/kinds";
import type { ResourceKind } from "../kubernetes/object";
import { reconcileBindings } from "./bindings";
import type { Controller } from "./controller";
import { reconcileIngresses } from "./ingresses";
import type { Flavor } from "./kinds";
import { reconcileNetworking } from "./networking";
import { reconcileServices } from "./services";

/** Kinds that a load balancer depends on. */
export function watchedKinds({ params, bindings }: Flavor): ResourceKind[] {
  return [
    kinds.ingresses,
    kinds.ingressClasses,
    kinds.services,
    kinds.endpointSlices,
    kinds.namespaces,
    kinds.pods,
    params,
    bindings,
  ];
}

/**
 * All that the controller does. Everything is done for each object apart: what cannot be had for one does not hold up another.
 *
 * @throws Error where something did not work: it is tried again
 */
export async function reconcileLoadBalancers(controller: Controller): Promise<void> {
  const ingresses = await reconcileIngresses(controller);
  const services = await reconcileServices(controller);
  const { bound, worked } = await reconcileBindings(controller);
  await reconcileNetworking(controller, bound);
  if (!ingresses || !services || !worked) throw new Error("not all load balancers are as they should be");
}
