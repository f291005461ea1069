/** Add-ons that EKS installs and keeps, and that this repository uses. */
export type EksAddOnName = "aws-ebs-csi-driver" | "coredns" | "eks-pod-identity-agent" | "kube-proxy" | "vpc-cni";

/** A version of somebody else's, and where it was read. */
export interface Pin {
  readonly version: string;
  /** Page, repository or command, with its day. */
  readonly source: string;
}

/** At least one, of which the first is what clusters get; settings may choose another of them. */
export type Pins = readonly [Pin, ...Pin[]];

/**
 * A Kubernetes version of EKS, with all that depends on it. Nobody here has an account to ask, so each pin says where it was read.
 * Ask yours before production:
 * `aws eks describe-addon-versions --kubernetes-version <version> --addon-name <name>` lists an add-on's versions, and
 * `aws ssm get-parameter --name /aws/service/eks/optimized-ami/<version>/amazon-linux-2023/x86_64/standard/recommended/release_version`
 * tells the newest release of the nodes' image.
 */
export interface KubernetesVersion {
  /** Minor version, such as "1.35". */
  readonly version: string;
  /** Days on which AWS ends its support, as YYYY-MM-DD. https://docs.aws.amazon.com/eks/latest/userguide/kubernetes-versions.html */
  readonly endOfStandardSupport: string;
  readonly endOfExtendedSupport: string;
  readonly addOns: Readonly<Record<EksAddOnName, Pins>>;
  /** Releases of EKS's Amazon Linux 2023 images, the same for both architectures, such as 1.35.6-20260728. */
  readonly nodeReleases: Pins;
}
