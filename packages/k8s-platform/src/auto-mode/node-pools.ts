import { type KubernetesObject, listObjects, Objects } from "@demarc/shared/kubernetes";
import type { Construct } from "constructs";
import type { AddOnContext } from "../addons/addon";
import type { NodePoolSettings, NodePoolsSettings } from "./node-pool-settings";

const EKS = "eks.amazonaws.com";

/** Pools of Auto Mode's nodes, each with a node class of its name. */
export class NodePools extends Objects {
  constructor(scope: Construct, id: string, pools: NodePoolsSettings, nodes: Nodes) {
    super(scope, id, {
      name: "node-pools",
      namespace: "kube-system",
      objects: Object.entries(pools).flatMap(([name, pool]) => [classOf(name, pool, nodes), poolOf(name, pool)]),
    });
  }
}

/** What all nodes have alike. */
interface Nodes extends Pick<AddOnContext, "tags"> {
  /** Name of their role. */
  readonly role: string;
  /** ARN of the KMS key of their disks. */
  readonly kmsKeyId: string;
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
}

/** All by id: what a tag finds, somebody else may have made. */
function classOf(name: string, { diskGiB, networkPolicyEventLogs }: NodePoolSettings, nodes: Nodes): KubernetesObject {
  return {
    apiVersion: `${EKS}/v1`,
    kind: "NodeClass",
    metadata: { name },
    spec: {
      role: nodes.role,
      subnetSelectorTerms: [listObjects("id", nodes.subnetIds)],
      securityGroupSelectorTerms: [{ id: nodes.securityGroupId }],
      // Namespaces are closed by policies of their own. EKS's add-ons would be cut off by a default of the nodes.
      networkPolicy: "DefaultAllow",
      networkPolicyEventLogs: networkPolicyEventLogs ? "Enabled" : "Disabled",
      ephemeralStorage: { size: `${String(diskGiB)}Gi`, kmsKeyID: nodes.kmsKeyId },
      tags: { ...nodes.tags },
    },
  };
}

function poolOf(name: string, pool: NodePoolSettings): KubernetesObject {
  const { requirements, taints, limits, weight, expireAfter, terminationGracePeriod } = pool;
  const { consolidationPolicy, consolidateAfter, budgets } = pool;
  return {
    apiVersion: "karpenter.sh/v1",
    kind: "NodePool",
    metadata: { name },
    spec: {
      ...(weight === 0 ? {} : { weight }),
      limits,
      // The default of the policy changes with EKS 1.37.
      disruption: { consolidationPolicy, consolidateAfter, budgets: budgets.map(given) },
      template: {
        spec: {
          nodeClassRef: { group: EKS, kind: "NodeClass", name },
          requirements: requirements.map(({ key, operator, values }) => ({
            ...{ key, operator },
            ...(values.length === 0 ? {} : { values }),
          })),
          ...(taints.length === 0 ? {} : { taints: taints.map(given) }),
          expireAfter,
          terminationGracePeriod,
        },
      },
    },
  };
}

/** What is given of an object: JSON has no undefined. */
function given<Value extends string | readonly string[]>(
  object: Readonly<Record<string, Value | undefined>>,
): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const])),
  );
}
