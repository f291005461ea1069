import { StorageClassV1 } from "@cdktf/provider-kubernetes/lib/storage-class-v1";
import type { ComputeKind } from "@demarc/shared/environment";
import type { Construct } from "constructs";
import type { ClusterReference } from "../cluster";

/** Who makes the volumes that pods claim. Each acts on one kind of compute alone. */
const provisioners: Readonly<Record<ComputeKind, string | undefined>> = {
  "managed-nodes": "ebs.csi.aws.com",
  "auto-mode": "ebs.csi.eks.amazonaws.com",
  // A pod on Fargate cannot mount an EBS volume: a claim that waits says so sooner than a volume that nobody can mount.
  fargate: undefined,
};

/**
 * What a claim gets that names no class: an encrypted gp3 volume, in the zone where the scheduler puts the pod, that goes with
 * its claim. Kubernetes lets nobody change a class's parameters: another key or type is another class.
 */
export function defaultStorageClass(scope: Construct, { compute, contract }: ClusterReference): void {
  const storageProvisioner = provisioners[compute];
  const { volumeKeyArn } = contract;
  if (storageProvisioner === undefined || volumeKeyArn === undefined) return;
  new StorageClassV1(scope, "default-storage-class", {
    metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
    storageProvisioner,
    parameters: { type: "gp3", encrypted: "true", kmsKeyId: volumeKeyArn },
    reclaimPolicy: "Delete",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  });
}
