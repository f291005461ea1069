import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import { PodDisruptionBudgetV1 } from "@cdktf/provider-kubernetes/lib/pod-disruption-budget-v1";
import type { Construct } from "constructs";
import { metadata, type Workload } from "./workload";

/** Keeps the number of pods to the CPU that they use (S3.3: it asks metrics-server). @param deployment name of the Deployment */
export function autoscaler(scope: Construct, app: Workload, deployment: string): HorizontalPodAutoscalerV2 {
  const { min, max, cpuPercent } = app.settings.replicas;
  return new HorizontalPodAutoscalerV2(scope, "autoscaler", {
    metadata: metadata(app),
    spec: {
      minReplicas: min,
      maxReplicas: max,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: deployment },
      metric: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: cpuPercent } },
        },
      ],
    },
  });
}

/** Nodes are drained one pod of the app at a time. It never forbids a drain for good, even of the only pod. */
export function disruptionBudget(scope: Construct, app: Workload): PodDisruptionBudgetV1 {
  return new PodDisruptionBudgetV1(scope, "disruption-budget", {
    metadata: metadata(app),
    spec: { maxUnavailable: "1", selector: { matchLabels: app.selector } },
  });
}
