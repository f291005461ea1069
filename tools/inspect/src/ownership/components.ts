import type { AutoMode, ClusterModel } from "../model/cluster-model";

/** A program that a cluster needs, which somebody installs or EKS has built in. */
export interface Component {
  readonly title: string;
  /** The chart that installs it. */
  readonly chart?: string;
  /** EKS's add-on that installs it. */
  readonly addOn?: string;
  /** What of EKS Auto Mode takes its place. */
  readonly autoMode?: AutoMode;
  /** Whether Fargate takes its place. @default false */
  readonly fargate?: boolean;
}

/**
 * What EKS Auto Mode has built in: docs.aws.amazon.com/eks/latest/userguide/automode.html, "Automated components". What Fargate has:
 * docs.aws.amazon.com/eks/latest/userguide/{fargate,fargate-logging}.html. Charts and add-ons that are not listed are rows by their own names.
 */
export const COMPONENTS: readonly Component[] = [
  { title: "Load balancer controller", chart: "aws-load-balancer-controller", autoMode: "load balancing" },
  { title: "Autoscaler of nodes", chart: "cluster-autoscaler", autoMode: "compute" },
  { title: "ExternalDNS", chart: "external-dns", addOn: "external-dns" },
  { title: "Traefik", chart: "traefik" },
  { title: "Log collector", chart: "aws-for-fluent-bit", addOn: "aws-for-fluent-bit", fargate: true },
  { title: "metrics-server", chart: "metrics-server", addOn: "metrics-server" },
  { title: "VPC CNI", addOn: "vpc-cni", autoMode: "compute", fargate: true },
  { title: "kube-proxy", addOn: "kube-proxy", autoMode: "compute", fargate: true },
  { title: "CoreDNS", addOn: "coredns", autoMode: "compute" },
  { title: "Pod Identity agent", addOn: "eks-pod-identity-agent", autoMode: "compute" },
  { title: "EBS CSI driver", addOn: "aws-ebs-csi-driver", autoMode: "block storage" },
];

/** What has a component built in, such as "EKS Auto Mode". @returns undefined where a cluster has it from somebody who installs it */
export function builtIn({ autoMode, fargate = false }: Component, cluster: ClusterModel): string | undefined {
  if (autoMode !== undefined && cluster.hasAutoMode(autoMode)) return "EKS Auto Mode";
  return fargate && cluster.hasFargate ? "Fargate" : undefined;
}
