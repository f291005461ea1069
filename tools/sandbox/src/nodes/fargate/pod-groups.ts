import type { ActorContext } from "../../controllers/actor";
import type { KubernetesClient } from "../../controllers/kubernetes/client";
import { defineKind } from "../../controllers/kubernetes/definition";
import type { Pod } from "../../controllers/kubernetes/kinds";
import type { KubernetesObject, ResourceKind } from "../../controllers/kubernetes/object";
import { matchesSelector, type Selector } from "../../controllers/kubernetes/selector";
import type { GroupRule, SecurityGroupRules } from "../../eks-api/account/network";

/** On a pod: the ids of its security groups, where a policy gives it others than the cluster's. */
export const GROUPS_ANNOTATION = "fargate.amazonaws.com/pod-sg";

interface SecurityGroupPolicy extends KubernetesObject {
  readonly spec: {
    readonly podSelector?: Selector;
    readonly securityGroups: { readonly groupIds: readonly string[] };
  };
}

/** Which security groups pods have. EKS serves the kind in every cluster. */
export const securityGroupPolicies: ResourceKind<SecurityGroupPolicy> = {
  apiVersion: "vpcresources.k8s.aws/v1beta1",
  kind: "SecurityGroupPolicy",
  plural: "securitygrouppolicies",
  namespaced: true,
};

const text = { type: "string" };
const list = (items: object) => ({ type: "array", items });
const object = (properties: object) => ({ type: "object", properties });

const selector = object({
  matchLabels: { type: "object", additionalProperties: text },
  matchExpressions: list({
    ...object({ key: text, operator: text, values: list(text) }),
    required: ["key", "operator"],
  }),
});

/** What the CRD of amazon-vpc-resource-controller-k8s says of a policy: one to five groups. */
const spec = object({
  podSelector: selector,
  serviceAccountSelector: selector,
  securityGroups: object({ groupIds: { ...list(text), minItems: 1, maxItems: 5 } }),
});

/** Has the API server serve the kind. */
export async function defineSecurityGroupPolicies(kubernetes: KubernetesClient): Promise<void> {
  await defineKind(kubernetes, securityGroupPolicies, spec);
}

/** Ids of the groups that a policy gives a pod. Empty: it gets the cluster's. */
export async function groupsOf(kubernetes: KubernetesClient, { metadata }: Pod): Promise<readonly string[]> {
  const { namespace = "", labels = {} } = metadata;
  const { items } = await kubernetes.list(securityGroupPolicies, { namespace });
  const own = items.find(
    ({ spec: { podSelector } }) => podSelector !== undefined && matchesSelector(podSelector, labels),
  );
  return own?.spec.securityGroups.groupIds ?? [];
}

/** What the way must let through, and from whom to whom. */
const WAYS = [
  { what: "its kubelet reach the Kubernetes API", into: "cluster", protocol: "tcp", port: 443 },
  { what: "it ask CoreDNS", into: "cluster", protocol: "udp", port: 53 },
  { what: "the control plane reach its kubelet", into: "pod", protocol: "tcp", port: 10_250 },
] as const;

/**
 * Why a pod of these groups would never run: on AWS it stays Pending, and nothing says why (EKS User Guide, "Assign security groups to
 * individual Pods", and aws/containers-roadmap 625). Only rules that name groups count.
 */
export async function cutOff({ account, cluster }: ActorContext, ids: readonly string[]): Promise<string[]> {
  const { clusterSecurityGroupId: own = "" } = cluster.record.cluster.resourcesVpcConfig;
  if (ids.length === 0 || ids.includes(own)) return [];
  const groups = await account.network.securityGroupRules([...ids, own]);
  return cutOffBy(groups, ids, own);
}

/** @param ids the pod's @param own the cluster's */
export function cutOffBy(groups: readonly SecurityGroupRules[], ids: readonly string[], own: string): string[] {
  const missing = ids.filter((id) => !groups.some((group) => group.id === id));
  if (missing.length > 0) return [`security group ${missing.join(", ")} is not there`];
  const rules = (of: readonly string[], direction: "ingress" | "egress") =>
    groups.filter(({ id }) => of.includes(id)).flatMap(({ [direction]: found }) => found);
  return WAYS.filter(({ into, protocol, port }) => {
    const [from, to] = into === "cluster" ? [ids, [own]] : [[own], ids];
    const passes = (rule: GroupRule, peers: readonly string[]) =>
      [protocol, "-1"].includes(rule.protocol) &&
      (rule.protocol === "-1" || (rule.from <= port && rule.to >= port)) &&
      (rule.groups.some((group) => peers.includes(group)) || rule.cidrs.includes("0.0.0.0/0"));
    const leaves = into === "pod" || rules(ids, "egress").some((rule) => passes(rule, to));
    return !leaves || !rules(to, "ingress").some((rule) => passes(rule, from));
  }).map(({ what }) => `no rule of ${ids.join(", ")} and ${own} lets ${what}`);
}
