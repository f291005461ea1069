import type { EksAddOnName } from "@demarc/shared/environment";
import { allow, type Statement } from "@demarc/shared/iam";

/**
 * What a new pod may send and receive until its network policies are in force, which takes a moment. `standard`: everything.
 * `strict`: nothing, and it stays so where no policy selects the pod; pods on the host's network are not held.
 * https://docs.aws.amazon.com/eks/latest/userguide/cni-network-policy-configure.html
 */
export const networkPolicyModes = ["standard", "strict"] as const;

/** What a cluster's settings say of its pod network. */
interface PodNetworkSettings {
  readonly networkPolicyMode: (typeof networkPolicyModes)[number];
  readonly prefixDelegation: boolean;
}

/** An add-on that EKS installs and keeps, and what it needs. */
export interface ManagedAddOn {
  readonly name: EksAddOnName;
  /** Values that the add-on's own schema knows. @default AWS's own */
  readonly configuration?: (settings: PodNetworkSettings) => Readonly<Record<string, unknown>>;
  /** The role of its pods, by EKS Pod Identity. @default none: it calls nothing of AWS's */
  readonly identity?: EksAddOnIdentity;
}

interface EksAddOnIdentity {
  /** In kube-system, where EKS puts all of these. */
  readonly serviceAccount: string;
  /** What AWS says that the add-on needs. */
  readonly managedPolicy: string;
  /** What it needs beside that, because of how we use it. @param volumeKeyArn KMS key of block volumes */
  readonly permissions?: (volumeKeyArn: string) => readonly Statement[];
}

/**
 * What a node needs to become ready, in order. The pod network gets its role by Pod Identity, and it is the pod network
 * that makes a node ready; that is no circle. Agent and aws-node both run on the host's network and so wait for nobody,
 * the agent gets at its own credentials through the node's role, and until it answers aws-node is restarted. The agent
 * stands before the nodes, so that the first node starts both.
 */
export const beforeNodes = [
  { name: "eks-pod-identity-agent" },
  { name: "kube-proxy" },
  {
    name: "vpc-cni",
    // Without it a NetworkPolicy is accepted and does nothing. The add-on's schema wants a string.
    configuration: ({ networkPolicyMode, prefixDelegation }) => ({
      enableNetworkPolicy: "true",
      env: {
        NETWORK_POLICY_ENFORCING_MODE: networkPolicyMode,
        ...(prefixDelegation ? { ENABLE_PREFIX_DELEGATION: "true", WARM_PREFIX_TARGET: "1" } : {}),
      },
    }),
    identity: { serviceAccount: "aws-node", managedPolicy: "AmazonEKS_CNI_Policy" },
  },
] as const satisfies readonly ManagedAddOn[];

/** What runs in pods that a node must take: before there is one EKS would call these add-ons degraded. */
export const afterNodes = [
  { name: "coredns" },
  {
    name: "aws-ebs-csi-driver",
    identity: {
      serviceAccount: "ebs-csi-controller-sa",
      managedPolicy: "service-role/AmazonEBSCSIDriverPolicy",
      permissions: useOfVolumeKey,
    },
  },
] as const satisfies readonly ManagedAddOn[];

/** All of them. */
export const addOnNames: readonly EksAddOnName[] = [...beforeNodes, ...afterNodes].map(({ name }) => name);

/** What the EBS CSI driver's documentation asks for where a StorageClass names a key of one's own. */
function useOfVolumeKey(volumeKeyArn: string): Statement[] {
  return [
    allow("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey").on(volumeKeyArn),
    allow("kms:CreateGrant")
      .on(volumeKeyArn)
      .when({ Bool: { "kms:GrantIsForAWSResource": "true" } }),
  ];
}
