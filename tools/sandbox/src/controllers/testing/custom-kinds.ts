import type { KubernetesClient } from "../kubernetes/client";
import type { ResourceKind } from "../kubernetes/object";
import { until } from "./running-cluster";

const definitions: ResourceKind = {
  apiVersion: "apiextensions.k8s.io/v1",
  kind: "CustomResourceDefinition",
  plural: "customresourcedefinitions",
  namespaced: false,
};

/** Has the API server serve a kind, with any fields, and waits until it does. */
export async function defineKind(kubernetes: KubernetesClient, kind: ResourceKind): Promise<void> {
  const [group = "", name = ""] = kind.apiVersion.split("/");
  const anything = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  await kubernetes.apply(definitions, {
    metadata: { name: `${kind.plural}.${group}` },
    spec: {
      group,
      scope: kind.namespaced ? "Namespaced" : "Cluster",
      names: { kind: kind.kind, plural: kind.plural, singular: kind.kind.toLowerCase() },
      versions: [
        {
          name,
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: { type: "object", properties: { spec: anything, status: anything } } },
        },
      ],
    },
  });
  await until(`${kind.kind} is served`, async () => {
    try {
      await kubernetes.list(kind);
      return true;
    } catch {
      return false;
    }
  });
}
