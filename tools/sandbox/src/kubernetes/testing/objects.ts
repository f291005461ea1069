import { z } from "zod";
import type { KubernetesClient, Written } from "../../controllers/kubernetes/client";
import { eventually } from "./eventually";

/** A node that KWOK keeps ready. */
export function kwokNode(name: string): Written {
  return {
    metadata: {
      name,
      annotations: { "kwok.x-k8s.io/node": "fake" },
      labels: { "kubernetes.io/hostname": name },
    },
    spec: { podCIDR: "10.0.1.0/24" },
    status: {
      capacity: { cpu: "2", memory: "8Gi", "ephemeral-storage": "20Gi", pods: "29" },
      allocatable: { cpu: "2", memory: "7Gi", "ephemeral-storage": "17Gi", pods: "29" },
      addresses: [{ type: "InternalIP", address: "10.0.0.5" }],
    },
  };
}

/** A pod as a Deployment, a Job or a request of its own has it. */
export function podSpec(container: object = {}): object {
  return { containers: [{ name: "main", image: "example.com/main:1", ...container }] };
}

/** Makes a namespace that takes pods: they are refused until a controller has made its service account. */
export async function makeNamespace(
  { server }: KubernetesClient,
  name: string,
  labels: Record<string, string> = {},
): Promise<void> {
  await server.ask("/api/v1/namespaces", { method: "POST", body: { metadata: { name, labels } } });
  await eventually(
    () => server.ask(`/api/v1/namespaces/${name}/serviceaccounts/default`).catch(() => undefined),
    (account) => account !== undefined,
  );
}

/** Makes an object in a namespace. @param api such as /apis/apps/v1 */
export function createIn(
  { server }: KubernetesClient,
  namespace: string,
  api: string,
  plural: string,
  body: object,
): Promise<unknown> {
  return server.ask(`${api}/namespaces/${namespace}/${plural}`, { method: "POST", body });
}

export function createPod(client: KubernetesClient, namespace: string, name: string, spec: object): Promise<unknown> {
  return createIn(client, namespace, "/api/v1", "pods", { metadata: { name }, spec });
}

const countedQuota = z.looseObject({ status: z.looseObject({ used: z.unknown() }) });

/** Makes a quota and waits until it is counted: before, all that it counts is let in or refused, as the API server has seen it or not. */
export async function makeQuota(
  client: KubernetesClient,
  namespace: string,
  name: string,
  spec: object,
): Promise<void> {
  await createIn(client, namespace, "/api/v1", "resourcequotas", { metadata: { name }, spec });
  await eventually(
    () => client.server.ask(`/api/v1/namespaces/${namespace}/resourcequotas/${name}`),
    (answer) => countedQuota.safeParse(answer).data?.status.used !== undefined,
  );
}
