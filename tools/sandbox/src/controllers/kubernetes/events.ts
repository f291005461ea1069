import { createHash } from "node:crypto";
import { ApiError } from "@demarc/deploy/kubernetes";
import type { KubernetesClient } from "./client";
import { kinds } from "./kinds";
import type { KubernetesObject } from "./object";

/** What happened to an object. */
export interface EventNote {
  readonly type: "Normal" | "Warning";
  /** In one CamelCase word, e.g. FailedDeployModel. */
  readonly reason: string;
  readonly message: string;
}

interface CountedEvent extends KubernetesObject {
  readonly count?: number;
}

/**
 * Notes an Event on an object, as `kubectl describe` shows it. One that was noted before is counted up.
 *
 * @param source component that reports it, by the real controller's name
 */
export async function noteEvent(
  client: KubernetesClient,
  source: string,
  about: KubernetesObject,
  { type, reason, message }: EventNote,
): Promise<void> {
  const { name, namespace = "default", uid, resourceVersion } = about.metadata;
  const digest = createHash("sha256").update([uid, source, reason, message].join("\n")).digest("hex").slice(0, 16);
  const event = { name: `${name}.${digest}`, namespace };
  const now = new Date().toISOString();
  try {
    await client.create(kinds.events, {
      metadata: event,
      involvedObject: { apiVersion: about.apiVersion, kind: about.kind, name, namespace, uid, resourceVersion },
      ...{ type, reason, message, count: 1, firstTimestamp: now, lastTimestamp: now },
      source: { component: source },
      reportingComponent: source,
    });
  } catch (fault) {
    if (!(fault instanceof ApiError && fault.reason === "AlreadyExists")) throw fault;
    // Who may report an event need not be allowed to read it: what is patched is answered.
    const known: CountedEvent | undefined = await client.patch(kinds.events, event, { lastTimestamp: now });
    await client.patch(kinds.events, event, { count: (known?.count ?? 1) + 1 });
  }
}
