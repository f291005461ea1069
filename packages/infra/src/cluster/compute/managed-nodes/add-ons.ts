import type { EksAddOnName } from "@demarc/shared/environment";
import type { ManagedAddOn } from "../add-on";
import { useOfVolumeKey } from "../volume-key";
import { type PodNetworkSettings, podNetworkValues } from "./pod-network";

/** The add-ons that nodes need, in the order in which they are made. */
export const addOnNames = [
  "eks-pod-identity-agent",
  "kube-proxy",
  "vpc-cni",
  "coredns",
  "aws-ebs-csi-driver",
] as const satisfies readonly EksAddOnName[];

type NodesAddOn = ManagedAddOn & { readonly name: (typeof addOnNames)[number] };

/**
 * What a node needs to become ready, in order. The pod network gets its role by Pod Identity, and it is the pod network
 * that makes a node ready; that is no circle. Agent and aws-node both run on the host's network and so wait for nobody,
 * the agent gets at its own credentials through the node's role, and until it answers aws-node is restarted. The agent
 * stands before the nodes, so that the first node starts both.
 */
export function beforeNodes(podNetwork: PodNetworkSettings): NodesAddOn[] {
  return [
    { name: "eks-pod-identity-agent" },
    { name: "kube-proxy" },
    {
      name: "vpc-cni",
      values: podNetworkValues(podNetwork),
      identity: { serviceAccount: "aws-node", managedPolicy: "AmazonEKS_CNI_Policy" },
    },
  ];
}

/**
 * What runs in pods that a node must take: before there is one EKS would call these add-ons degraded.
 * @param volumeKeyArn KMS key of block volumes
 */
export function afterNodes(volumeKeyArn: string): NodesAddOn[] {
  return [
    { name: "coredns" },
    {
      name: "aws-ebs-csi-driver",
      identity: {
        serviceAccount: "ebs-csi-controller-sa",
        managedPolicy: "service-role/AmazonEBSCSIDriverPolicy",
        permissions: useOfVolumeKey(volumeKeyArn),
      },
    },
  ];
}
