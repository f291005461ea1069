import { charts } from "../versions";
import { type AddOn, afterWebhooks, logsDisk } from "./addon";

/** Serves the CPU and memory that pods use: what HorizontalPodAutoscalers and `kubectl top` ask for. */
export const metricsServer: AddOn = {
  name: "metrics-server",
  chart: charts.metricsServer,
  image: "registry.k8s.io/metrics-server/metrics-server",
  namespace: "kube-system",
  runsAs: "controller",
  runsOn: ["managed-nodes", "fargate", "auto-mode"],
  notOn: {},
  after: afterWebhooks,
  values: ({ cluster }, { serviceAccount, image, priorityClassName }) => ({
    image: { repository: image },
    priorityClassName,
    serviceAccount: { create: true, ...serviceAccount },
    replicas: 2,
    // Beside the chart's own CPU and memory.
    resources: { requests: logsDisk, limits: logsDisk },
    podDisruptionBudget: { enabled: true, maxUnavailable: 1 },
    // On Fargate the kubelet shares the pod's address, and has 10250.
    containerPort: cluster.compute === "fargate" ? 10251 : 10250,
  }),
};
