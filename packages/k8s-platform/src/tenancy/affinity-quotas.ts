import { Objects } from "@demarc/shared/kubernetes";
import type { Construct } from "constructs";
import { platformMetadata } from "./platform-metadata";

/**
 * No pod of a team may look at pods of other namespaces to keep away from them, or near. The policy `scheduling` says so with a
 * better message; the quota holds where a policy is taken away. Through the objects chart, for the provider's quota does not know
 * this scope.
 */
export class AffinityQuotas extends Objects {
  constructor(scope: Construct, id: string, namespaces: readonly string[]) {
    super(scope, id, {
      name: "affinity-quotas",
      namespace: "kube-system",
      objects: namespaces.map((namespace) => ({
        apiVersion: "v1",
        kind: "ResourceQuota",
        metadata: platformMetadata("cross-namespace-affinity", namespace),
        spec: {
          hard: { pods: "0" },
          scopeSelector: { matchExpressions: [{ scopeName: "CrossNamespacePodAffinity", operator: "Exists" }] },
        },
      })),
    });
  }
}
