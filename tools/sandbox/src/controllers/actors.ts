import { accessPolicies } from "../eks-api/access/bindings";
import { autoModeNodes } from "../nodes/auto-mode/auto-mode-nodes";
import { fargateNodes } from "../nodes/fargate/fargate-nodes";
import type { Layout } from "../layout";
import { nodeGroupNodes } from "../nodes/node-group-nodes";
import type { MakeActor } from "./actor";
import { installed } from "./addon";
import { clusterAutoscaler } from "./cluster-autoscaler/cluster-autoscaler";
import { eksAddOns } from "./eks-add-ons/eks-add-ons";
import { externalDns } from "./external-dns/external-dns";
import type { ExternalDnsBinary } from "./external-dns/program";
import { autoModeLoadBalancers, loadBalancerController } from "./load-balancer/actor";
import { metricsServer } from "./metrics-server/metrics-server";

/** What actors need that run a controller itself. */
export interface ControllerPlaces extends Pick<Layout, "clusters" | "logs"> {
  readonly externalDns: ExternalDnsBinary;
}

/** Everything that acts in a cluster beside its control plane, one line each. Each is made once per cluster. */
export const actorsOf = (places: ControllerPlaces): readonly MakeActor[] => [
  accessPolicies,
  nodeGroupNodes,
  fargateNodes,
  autoModeNodes,
  eksAddOns,
  (cluster) => installed(clusterAutoscaler(cluster), cluster),
  metricsServer,
  loadBalancerController,
  autoModeLoadBalancers,
  (cluster) => installed(externalDns(cluster, places.externalDns, places), cluster),
];
