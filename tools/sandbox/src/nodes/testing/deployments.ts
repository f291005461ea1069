import type { KubernetesClient } from "../../controllers/kubernetes/client";
import { kinds, type Pod } from "../../controllers/kubernetes/kinds";

export interface App {
  readonly name: string;
  readonly namespace?: string;
  readonly replicas: number;
  /** Of each pod. @default 500m */
  readonly cpu?: string;
  /** Of the pods. */
  readonly spec?: object;
}

/** Applies a Deployment whose pods bear the label `app`. */
export async function applyApp(kubernetes: KubernetesClient, app: App): Promise<void> {
  const { name, namespace = "default", replicas, cpu = "500m", spec = {} } = app;
  const labels = { app: name };
  const container = { name, image: "registry.k8s.io/pause:3.10", resources: { requests: { cpu } } };
  await kubernetes.apply(kinds.deployments, {
    metadata: { name, namespace, labels },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container], ...spec } },
    },
  });
}

/** The pods of an app that are not about to go. */
export async function podsOfApp(kubernetes: KubernetesClient, name: string, namespace = "default"): Promise<Pod[]> {
  const { items } = await kubernetes.list(kinds.pods, { namespace, labelSelector: `app=${name}` });
  return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** How many pods of an app run. */
export async function running(kubernetes: KubernetesClient, name: string, namespace = "default"): Promise<number> {
  const pods = await podsOfApp(kubernetes, name, namespace);
  return pods.filter(({ status }) => status?.phase === "Running").length;
}
