import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { GROUPS_ANNOTATION } from "../../nodes/fargate/pod-groups";
import { kinds, type Pod } from "../kubernetes/kinds";
import type { BoundTargets } from "./bindings";
import { type Controller, note } from "./controller";
import type { BindingPeer } from "./kinds";
import { restrictedRules } from "./restricted-rules";
import { type SecurityRule, setInboundRules } from "./security-groups";
import type { PodTarget } from "./targets";

/** Description of the controller's rules in groups of pods, which are not its own. */
const DESCRIPTION = "elbv2.k8s.aws/targetGroupBinding=shared";

/** Has the security groups of the pods that are bound let load balancers in, and nobody further. */
export async function reconcileNetworking(controller: Controller, bound: readonly BoundTargets[]): Promise<void> {
  const open = bound.filter(({ binding }) => binding.spec.networking?.ingress !== undefined);
  const pods = controller.objects(kinds.pods);
  const text = JSON.stringify(
    open.map(({ binding, targets }) => [binding.spec.networking, targets.map((one) => [one, namedGroups(pods, one)])]),
  );
  if (text === controller.memory.rules) return;
  const tagged = await clustersGroups(controller);
  const rules = new Map<string, SecurityRule[]>([controller.clusterSecurityGroupId, ...tagged].map((id) => [id, []]));
  for (const { binding, targets } of open) {
    for (const [group, ports] of await portsByGroup(controller, { binding, targets }, { tagged, pods })) {
      const wanted = (binding.spec.networking?.ingress ?? []).flatMap((peer) => rulesOf(peer, ports));
      rules.set(group, [...(rules.get(group) ?? []), ...wanted]);
    }
  }
  const aws = await controller.aws();
  for (const [group, wanted] of rules) await setInboundRules(aws, group, restrictedRules(wanted), DESCRIPTION);
  controller.memory.rules = text;
}

/** Groups that bear the cluster's tag, beside its own: the controller takes rules of its own out of them that no binding wants. */
async function clustersGroups(controller: Controller): Promise<string[]> {
  const { ec2, vpcId } = await controller.aws();
  const Filters = [
    { Name: "vpc-id", Values: [vpcId] },
    { Name: "tag-key", Values: [`kubernetes.io/cluster/${controller.cluster}`] },
  ];
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({ Filters }));
  return SecurityGroups.flatMap(({ GroupId }) => GroupId ?? []);
}

/** Ports of the targets, by the group that their pods' interfaces are opened by. A target without such a group is told of and left out. */
async function portsByGroup(
  controller: Controller,
  { binding, targets }: BoundTargets,
  { tagged, pods }: { readonly tagged: readonly string[]; readonly pods: readonly Pod[] },
): Promise<Map<string, number[]>> {
  const ports = new Map<string, number[]>();
  for (const target of targets) {
    const named = namedGroups(pods, target);
    // The watch of endpoints is before that of pods, or the pod is gone: the pod's own event brings it here again.
    if (named === undefined) continue;
    const fitting = groupsToOpen(named, tagged, controller.clusterSecurityGroupId);
    const [group] = fitting;
    if (group === undefined || fitting.length > 1) {
      const message = `expected exactly one securityGroup tagged with kubernetes.io/cluster/${controller.cluster} for eni of ${target.ip}, got: [${fitting.join(" ")}]`;
      await note(controller, [binding], { type: "Warning", reason: "FailedNetworkReconcile", message });
    } else ports.set(group, [...(ports.get(group) ?? []), target.port]);
  }
  return ports;
}

/** The only group of a pod; where it has several, those with the cluster's tag: exactly one must have it. */
export function groupsToOpen(named: readonly string[], tagged: readonly string[], clusters: string): readonly string[] {
  if (named.length === 0) return [clusters];
  return named.length === 1 ? named : named.filter((id) => tagged.includes(id));
}

/** Groups that a policy gave the pod of that address. Empty: it has the cluster's. Undefined: no pod of that address is known. */
export function namedGroups(pods: readonly Pod[], { ip }: PodTarget): string[] | undefined {
  const pod = pods.find(({ status }) => status?.podIP === ip);
  return pod && (pod.metadata.annotations?.[GROUPS_ANNOTATION]?.split(",") ?? []);
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
