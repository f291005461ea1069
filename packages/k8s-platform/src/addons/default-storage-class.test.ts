import { addonsStack, devOn } from "../testing/platform";

const classes = (kind: Parameters<typeof devOn>[0]) =>
  addonsStack(devOn(kind)).resources("kubernetes_storage_class_v1");

describe("the class of a claim that names none", () => {
  it("is gp3, encrypted with infra's key, where the pod is scheduled, and can grow", () => {
    expect(classes("managed-nodes")).toEqual([
      {
        metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
        storage_provisioner: "ebs.csi.aws.com",
        parameters: {
          type: "gp3",
          encrypted: "true",
          kmsKeyId: expect.stringMatching(/^\$\{data\.terraform_remote_state\..*cluster_v1\.volumeKeyArn\}$/),
        },
        reclaim_policy: "Delete",
        volume_binding_mode: "WaitForFirstConsumer",
        allow_volume_expansion: true,
      },
    ]);
  });

  it("is made by what EKS Auto Mode has built in, and is not there on Fargate, which mounts no EBS volume", () => {
    expect(classes("auto-mode")).toMatchObject([{ storage_provisioner: "ebs.csi.eks.amazonaws.com" }]);
    expect(classes("fargate")).toEqual([]);
  });
});
