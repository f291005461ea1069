import type { KubernetesVersion } from "./version";

/** AWS's defaults of that day: `describe-addon-versions` in ap-northeast-2, with `defaultVersion` true. */
const defaults = "github.com/skax-ca/eks-reference-infra, live/dev/eks/main.tf, 2026-08-04";
const guide = "EKS User Guide, table of the add-on's page, read in November 2026";

export default {
  version: "1.35",
  endOfStandardSupport: "2027-03-27",
  endOfExtendedSupport: "2028-03-27",
  addOns: {
    "aws-ebs-csi-driver": [{ version: "v1.63.1-eksbuild.1", source: defaults }],
    coredns: [
      { version: "v1.13.2-eksbuild.11", source: defaults },
      { version: "v1.14.3-eksbuild.3", source: guide },
    ],
    "eks-pod-identity-agent": [{ version: "v1.3.10-eksbuild.3", source: defaults }],
    "kube-proxy": [
      { version: "v1.35.3-eksbuild.17", source: defaults },
      { version: "v1.35.3-eksbuild.2", source: guide },
    ],
    "vpc-cni": [
      { version: "v1.22.3-eksbuild.1", source: defaults },
      {
        version: "v1.22.4-eksbuild.3",
        source: "AWS's default in ap-northeast-2 on 2026-08-27, says public Terraform code",
      },
    ],
  },
  nodeReleases: [
    { version: "1.35.6-20260728", source: "github.com/awslabs/amazon-eks-ami, release v20260728" },
    { version: "1.35.3-20260415", source: "github.com/awslabs/amazon-eks-ami, release v20260415" },
  ],
} satisfies KubernetesVersion;
