import { accessPolicies } from "../eks-api/access/bindings";
import { fargateNodes } from "../nodes/fargate/fargate-nodes";
import { nodeGroupNodes } from "../nodes/node-group-nodes";
import type { MakeActor } from "./actor";
import { installed } from "./addon";
import { clusterAutoscaler } from "./cluster-autoscaler/cluster-autoscaler";
import { autoModeLoadBalancers, loadBalancerController } from "./load-balancer/actor";
import { metricsServer } from "./metrics-server/metrics-server";

/** Everything that acts in a cluster beside its control plane, one line each. Each is made once per cluster. */
export const ACTORS: readonly MakeActor[] = [
  accessPolicies,
  nodeGroupNodes,
  fargateNodes,
  (cluster) => installed(clusterAutoscaler(cluster), cluster),
  metricsServer,
  loadBalancerController,
  autoModeLoadBalancers,
];
