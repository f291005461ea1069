import type { WebApplicationSettings } from "./schema";

/** What every object of an app is made from. */
export interface Workload {
  /** Name of the app and of each of its objects. */
  readonly name: string;
  /** Namespace of its team. */
  readonly namespace: string;
  readonly settings: WebApplicationSettings;
  /** Labels of every object. */
  readonly labels: Record<string, string>;
  /** The labels among them that find the app's pods. They never change: a Deployment's selector cannot. */
  readonly selector: Record<string, string>;
}

/** Name of the app's port, in the container and in the Service. */
export const PORT_NAME = "http";

export function workload(name: string, namespace: string, team: string, settings: WebApplicationSettings): Workload {
  const selector = { "app.kubernetes.io/name": name };
  return {
    name,
    namespace,
    settings,
    selector,
    labels: { ...selector, "app.kubernetes.io/managed-by": "terraform", team },
  };
}

/** Metadata of an object of the app. */
export function metadata({ name, namespace, labels }: Workload, annotations: Record<string, string> = {}) {
  return { name, namespace, labels, ...(Object.keys(annotations).length === 0 ? {} : { annotations }) };
}
