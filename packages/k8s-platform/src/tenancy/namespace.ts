import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { NetworkPolicyV1 } from "@cdktf/provider-kubernetes/lib/network-policy-v1";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterReference } from "../cluster";
import { toDns } from "./dns";
import { platformMetadata } from "./platform-metadata";

/** The NetworkPolicies of a closed namespace. */
export const DEFAULT_DENY = "default-deny";
export const ALLOW_DNS = "allow-dns";

export interface ClosedNamespaceProps {
  readonly name: string;
  /** Labels beside those of Pod Security. @default none */
  readonly labels?: Readonly<Record<string, string>>;
  readonly cluster: ClusterReference;
  /** Whether it is for objects alone, and has no pods. @default false */
  readonly withoutPods?: boolean;
}

/**
 * A namespace that nothing gets into or out of by itself: pods as Pod Security's `restricted` wants them, and no traffic but
 * questions to the cluster's DNS. Who needs more opens it with a NetworkPolicy of its own; policies add up.
 */
export class ClosedNamespace extends Construct {
  /** Its name, by which whatever is in it waits for it. */
  readonly namespace: string;
  /** All that makes it closed: what must be there before its first pod. */
  readonly parts: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { name, labels = {}, cluster, withoutPods }: ClosedNamespaceProps) {
    super(scope, id);
    const namespace = new NamespaceV1(this, "namespace", {
      metadata: { name, labels: { ...podSecurity(cluster.version), ...labels } },
      ...(withoutPods === true ? {} : isSelected(cluster, name)),
    });
    this.namespace = namespace.metadata.name;
    const deny = new NetworkPolicyV1(this, DEFAULT_DENY, {
      metadata: platformMetadata(DEFAULT_DENY, this.namespace),
      spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
    });
    const dns = new NetworkPolicyV1(this, ALLOW_DNS, {
      metadata: platformMetadata(ALLOW_DNS, this.namespace),
      spec: { podSelector: {}, policyTypes: ["Egress"], egress: [toDns(cluster)] },
    });
    this.parts = [namespace, deny, dns];
  }
}

/** Where pods run by Fargate profiles, one must select all pods of the namespace: Terraform knows when it plans, by infra's contract. */
function isSelected({ name: cluster, contract: { podNamespaces } }: ClusterReference, namespace: string) {
  if (podNamespaces === undefined) return {};
  const precondition = {
    condition: Fn.can(Fn.regex(podNamespaces, namespace)),
    errorMessage: `No Fargate profile of cluster ${cluster} selects all pods of namespace ${namespace}, and they would wait for ever. Have infra's settings name it in a selector without labels, or a pattern of it, under clusters.<id>.compute.profiles, and deploy infra first.`,
  };
  return { lifecycle: { precondition: [precondition] } };
}

/**
 * A new control plane must not start to refuse what is running: so the version is the cluster's, and what a newer one would say
 * is only warned of.
 */
function podSecurity(version: string): Record<string, string> {
  const label = (key: string) => `pod-security.kubernetes.io/${key}`;
  return {
    [label("enforce")]: "restricted",
    [label("enforce-version")]: `v${version}`,
    [label("audit")]: "restricted",
    [label("audit-version")]: "latest",
    [label("warn")]: "restricted",
    [label("warn-version")]: "latest",
  };
}
