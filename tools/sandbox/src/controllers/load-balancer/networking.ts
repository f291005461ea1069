import type { BoundTargets } from "./bindings";
import type { Controller } from "./controller";
import type { BindingPeer } from "./kinds";
import { restrictedRules } from "./restricted-rules";
import { type SecurityRule, setInboundRules } from "./security-groups";

/** Description of the controller's rules in the cluster's security group, which is not its own. */
const DESCRIPTION = "elbv2.k8s.aws/targetGroupBinding=shared";

/** Has the cluster's security group let load balancers in to the pods that are bound, and nobody further. */
export async function reconcileNetworking(controller: Controller, bound: readonly BoundTargets[]): Promise<void> {
  const wanted = bound.flatMap(({ binding, targets }) =>
    (binding.spec.networking?.ingress ?? []).flatMap((peer) =>
      rulesOf(
        peer,
        targets.map(({ port }) => port),
      ),
    ),
  );
  const rules = restrictedRules(wanted);
  const text = JSON.stringify(rules);
  if (text === controller.memory.rules) return;
  await setInboundRules(await controller.aws(), controller.clusterSecurityGroupId, rules, DESCRIPTION);
  controller.memory.rules = text;
}

/** A port that is given by name, or not at all, is that of the targets. */
export function rulesOf({ from, ports }: BindingPeer, targetPorts: readonly number[]): SecurityRule[] {
  return ports.flatMap(({ port, protocol = "TCP" }) => {
    const numbers = typeof port === "number" ? [port] : [...new Set(targetPorts)];
    return from.flatMap(({ securityGroup, ipBlock }) =>
      numbers.flatMap((number): SecurityRule[] => {
        const range = { protocol: protocol === "UDP" ? ("udp" as const) : ("tcp" as const), from: number, to: number };
        if (securityGroup !== undefined) return [{ ...range, peer: { groupId: securityGroup.groupID } }];
        return ipBlock === undefined ? [] : [{ ...range, peer: { cidr: ipBlock.cidr } }];
      }),
    );
  });
}
