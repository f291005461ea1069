import { HorizontalPodAutoscalerV2 } from "@cdktf/provider-kubernetes/lib/horizontal-pod-autoscaler-v2";
import type { Construct } from "constructs";
import { Objects } from "../kubernetes";
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

/**
 * Nodes are drained one pod of the app at a time. It never forbids a drain for good, even of the only pod, or of pods that never
 * become ready. Through the objects chart, for the provider's resource does not know the latter.
 */
export function disruptionBudget(scope: Construct, app: Workload): Objects {
  return new Objects(scope, "disruption-budget", {
    name: `${app.name}-disruption-budget`,
    namespace: app.namespace,
    objects: [
      {
        apiVersion: "policy/v1",
        kind: "PodDisruptionBudget",
        metadata: { name: app.name, labels: app.labels },
        spec: {
          maxUnavailable: 1,
          unhealthyPodEvictionPolicy: "AlwaysAllow",
          selector: { matchLabels: app.selector },
        },
      },
    ],
  });
}
