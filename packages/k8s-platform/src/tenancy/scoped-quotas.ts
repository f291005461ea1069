import type { ComputeKind } from "@demarc/shared/environment";
import { Objects } from "@demarc/shared/kubernetes";
import type { Construct } from "constructs";
import { platformMetadata } from "./platform-metadata";

/** A part of the pods of a namespace, of which a team may have none. */
interface NoPods {
  /** Name of the quota, which the API server names when it refuses a pod. */
  readonly name: string;
  /** Which pods, as a ResourceQuota says it. */
  readonly scope: Readonly<Record<string, string | readonly string[]>>;
  /** Compute kinds on which the quota would refuse pods of everybody. @default none */
  readonly notOn?: readonly ComputeKind[];
}

const NO_PODS: readonly NoPods[] = [
  // Pods that look at pods of other namespaces to keep away from them, or near.
  { name: "cross-namespace-affinity", scope: { scopeName: "CrossNamespacePodAffinity", operator: "Exists" } },
  {
    name: "system-priorities",
    scope: {
      scopeName: "PriorityClass",
      operator: "In",
      values: ["system-cluster-critical", "system-node-critical"],
    },
    // EKS gives each pod there a priority of the system.
    notOn: ["fargate"],
  },
];

/**
 * Quotas of zero for pods that no team may have. The policies `scheduling` and `priorities` say so with a better message; the
 * quotas hold where a policy is taken away. Through the objects chart, for the provider's quota does not know the first scope.
 */
export class ScopedQuotas extends Objects {
  constructor(scope: Construct, id: string, namespaces: readonly string[], compute: ComputeKind) {
    const quotas = NO_PODS.filter(({ notOn = [] }) => !notOn.includes(compute));
    super(scope, id, {
      // The name that the release has had from the first: a new one would want to own the old one's objects.
      name: "affinity-quotas",
      namespace: "kube-system",
      objects: namespaces.flatMap((namespace) =>
        quotas.map((quota) => ({
          apiVersion: "v1",
          kind: "ResourceQuota",
          metadata: platformMetadata(quota.name, namespace),
          spec: { hard: { pods: "0" }, scopeSelector: { matchExpressions: [quota.scope] } },
        })),
      ),
    });
  }
}
