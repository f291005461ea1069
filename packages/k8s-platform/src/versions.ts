/** A Helm chart, pinned. */
export interface Chart {
  /** Its own repository; settings may name a mirror. */
  readonly repository: string;
  readonly name: string;
  readonly version: string;
}

const EKS_CHARTS = "https://aws.github.io/eks-charts";

/** Each chart brings the image of its own application version, so an upgrade is one line here, and then `npm run upstream`. */
export const charts = {
  awsForFluentBit: { repository: EKS_CHARTS, name: "aws-for-fluent-bit", version: "0.2.0" },
  awsLoadBalancerController: { repository: EKS_CHARTS, name: "aws-load-balancer-controller", version: "3.5.0" },
  clusterAutoscaler: {
    repository: "https://kubernetes.github.io/autoscaler",
    name: "cluster-autoscaler",
    version: "9.59.0",
  },
  externalDns: {
    repository: "https://kubernetes-sigs.github.io/external-dns",
    name: "external-dns",
    version: "1.21.1",
  },
  metricsServer: {
    repository: "https://kubernetes-sigs.github.io/metrics-server",
    name: "metrics-server",
    version: "3.13.1",
  },
  traefik: { repository: "https://traefik.github.io/charts", name: "traefik", version: "41.3.0" },
} as const satisfies Readonly<Record<string, Chart>>;

/** Images that no chart brings. Settings may name others, by digest too. */
export const images = {
  awsCli: "public.ecr.aws/aws-cli/aws-cli:2.36.44",
  /** For its psql alone, which talks to older and newer servers too. */
  postgres: "public.ecr.aws/docker/library/postgres:17.6",
};
