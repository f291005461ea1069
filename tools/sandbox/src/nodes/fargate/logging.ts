import type { KubernetesClient } from "../../controllers/kubernetes/client";
import type { EventNote } from "../../controllers/kubernetes/events";
import { kinds } from "../../controllers/kubernetes/kinds";

/** Where EKS looks for what pods on Fargate log to (EKS User Guide, "Start Fargate logging for your cluster"). */
const PLACE = { name: "aws-logging", namespace: "aws-observability" };
const LABEL = "aws-observability";
/** Characters of all its files. */
const LONGEST = 5_300;

/** Whether a pod's logs are sent. */
export interface Logging {
  /** What EKS writes on the pod as annotation `Logging`. */
  readonly annotation: string;
  readonly event: EventNote;
}

/** What EKS makes of the cluster's logging when a pod starts: one that is not as it must be is left out, and an event alone says so. */
export async function loggingOf(kubernetes: KubernetesClient): Promise<Logging> {
  const namespace = await kubernetes.get(kinds.namespaces, { name: PLACE.namespace });
  const labelled = namespace?.metadata.labels?.[LABEL] === "enabled";
  const configMap = labelled ? await kubernetes.get(kinds.configMaps, PLACE) : undefined;
  if (!configMap) return disabled(": LOGGING_CONFIGMAP_NOT_FOUND", "aws-logging configmap was not found");
  const { data = {} } = configMap;
  if (!data["output.conf"]?.includes("[OUTPUT]")) return disabled("", "aws-logging configmap has no output.conf");
  if (Object.values(data).join("").length > LONGEST) return disabled("", "aws-logging configmap is too long");
  const message = "Successfully enabled logging for pod";
  return { annotation: "LoggingEnabled", event: { type: "Normal", reason: "LoggingEnabled", message } };
}

function disabled(code: string, why: string): Logging {
  const event = { type: "Warning" as const, reason: "LoggingDisabled", message: `Disabled logging because ${why}` };
  return { annotation: `LoggingDisabled${code}`, event };
}
