import type { KubernetesVersion } from "./version";

const running = "public Terraform code of clusters that run, July and August 2026";
const guide = "EKS User Guide, table of the add-on's page, read in November 2026";

export default {
  version: "1.34",
  endOfStandardSupport: "2026-12-02",
  endOfExtendedSupport: "2027-12-02",
  addOns: {
    "aws-ebs-csi-driver": [{ version: "v1.63.1-eksbuild.1", source: running }],
    coredns: [{ version: "v1.13.2-eksbuild.11", source: guide }],
    "eks-pod-identity-agent": [{ version: "v1.3.10-eksbuild.3", source: running }],
    "kube-proxy": [
      { version: "v1.34.6-eksbuild.13", source: running },
      { version: "v1.34.6-eksbuild.2", source: guide },
    ],
    "vpc-cni": [
      { version: "v1.22.3-eksbuild.1", source: running },
      { version: "v1.22.4-eksbuild.3", source: running },
    ],
  },
  nodeReleases: [{ version: "1.34.9-20260801", source: "github.com/awslabs/amazon-eks-ami, release v20260801" }],
} satisfies KubernetesVersion;
