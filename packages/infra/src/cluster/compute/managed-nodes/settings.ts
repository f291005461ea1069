import { kubernetesVersions, whenValid } from "@demarc/shared/environment";
import { z } from "zod";
import { addOnVersionsOf } from "../versions";
import { addOnNames } from "./add-ons";
import { nodeGroups } from "./node-group-settings";
import { takesPrefixes } from "./pod-addresses";
import { networkPolicyModes } from "./pod-network";

const known = kubernetesVersions.map(({ version }) => version);

const shape = z.strictObject({
  kind: z.literal("managed-nodes"),
  nodeGroups,
  /**
   * Kubernetes version of the nodes, such as "1.35". It stays behind while the control plane and the add-ons are upgraded, for Terraform
   * would upgrade the nodes before CoreDNS: docs/decisions/0018. @default the cluster's
   */
  nodeVersion: z.enum(known, `must be a Kubernetes version that is known: ${known.join(", ")}`).optional(),
  /**
   * What new pods may do until their network policies are in force: all in `standard`, nothing in `strict`. A cluster begins in
   * `standard`: CoreDNS comes up only once k8s-platform has opened kube-system. @default standard
   */
  networkPolicyMode: z.enum(networkPolicyModes, `must be one of ${networkPolicyModes.join(", ")}`).default("standard"),
  /**
   * Nodes take addresses for their pods by prefixes of 16. A node then has room for as many pods as EKS lets it have, 110 or more, where
   * m7i.large has room for 29 without; but it also takes more addresses, and each 16 of them in a row. For instance types of the Nitro
   * system. A change is for new nodes: give the node groups new names with it, or pods and addresses are miscounted on the old ones.
   * https://docs.aws.amazon.com/eks/latest/userguide/cni-increase-ip-addresses.html @default false
   */
  prefixDelegation: z.boolean("must be true or false").default(false),
  /** Versions of EKS add-ons, of those that are known of the cluster's Kubernetes version. @default the first that is known */
  addOnVersions: addOnVersionsOf(addOnNames),
});

/** Node groups that EKS keeps and Cluster Autoscaler scales. */
export const managedNodesSettings = shape.superRefine(
  ({ prefixDelegation, nodeGroups }, context) => {
    if (!prefixDelegation) return;
    for (const [group, { instanceTypes }] of Object.entries(nodeGroups))
      for (const [index, type] of instanceTypes.entries())
        if (!takesPrefixes(type))
          context.addIssue({
            code: "custom",
            path: ["nodeGroups", group, "instanceTypes", index],
            message: "is not of the Nitro system, which prefixDelegation needs; take a newer type",
          });
  },
  { when: whenValid({ prefixDelegation: shape.shape.prefixDelegation, nodeGroups }) },
);

export type ManagedNodesSettings = z.output<typeof managedNodesSettings>;
