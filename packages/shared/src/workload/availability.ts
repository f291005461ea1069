import type { HorizontalPodAutoscaler } from "kubernetes-types/autoscaling/v2";
import type { PodDisruptionBudget } from "kubernetes-types/policy/v1";
import type { KubernetesObject } from "../kubernetes";
import { metadata, type Workload } from "./workload";

/** Keeps the number of pods to the CPU that they use (S3.3: it asks metrics-server). */
export function autoscaler(app: Workload): KubernetesObject {
  const { min, max, cpuPercent } = app.settings.replicas;
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: metadata(app),
    spec: {
      minReplicas: min,
      maxReplicas: max,
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: app.name },
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: cpuPercent } },
        },
      ],
    },
  } satisfies HorizontalPodAutoscaler;
}

/**
 * Nodes are drained one pod of the app at a time. It never forbids a drain for good, even of the only pod, or of pods that never
 * become ready.
 */
export function disruptionBudget(app: Workload): KubernetesObject {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: metadata(app),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: app.selector },
    },
  } satisfies PodDisruptionBudget;
}
