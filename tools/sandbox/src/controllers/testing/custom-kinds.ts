import type { KubernetesClient } from "../kubernetes/client";
import { defineKind } from "../kubernetes/definition";
import type { ResourceKind } from "../kubernetes/object";
import { until } from "./running-cluster";

/** A schema of any fields. */
const anything = { type: "object", "x-kubernetes-preserve-unknown-fields": true };

/** Has the API server serve a kind, with any fields, and waits until it does. */
export async function serveKind(kubernetes: KubernetesClient, kind: ResourceKind): Promise<void> {
  await defineKind(kubernetes, kind, anything, anything);
  await until(`${kind.kind} is served`, async () => {
    try {
      await kubernetes.list(kind);
      return true;
    } catch {
      return false;
    }
  });
}
