import type { KubernetesVersion } from "./version";

const running = "public Terraform code of clusters that run, July and August 2026";
const guide = "EKS User Guide, table of the add-on's page, read in November 2026";

export default {
  version: "1.36",
  endOfStandardSupport: "2027-08-02",
  endOfExtendedSupport: "2028-08-02",
  addOns: {
    "aws-ebs-csi-driver": [{ version: "v1.62.0-eksbuild.1", source: running }],
    coredns: [{ version: "v1.14.3-eksbuild.3", source: guide }],
    "eks-pod-identity-agent": [{ version: "v1.3.10-eksbuild.3", source: running }],
    "kube-proxy": [{ version: "v1.36.0-eksbuild.9", source: running }],
    "vpc-cni": [{ version: "v1.22.3-eksbuild.1", source: running }],
  },
  nodeReleases: [{ version: "1.36.2-20260709", source: running }],
} satisfies KubernetesVersion;
