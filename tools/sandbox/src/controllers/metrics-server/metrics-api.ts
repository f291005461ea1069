import type { Node, Pod } from "../kubernetes/kinds";
import { labelSelector } from "./label-selector";
import { usage, usageOf, usageOfNode } from "./usage";

const GROUP = "metrics.k8s.io";
const GROUP_VERSION = `${GROUP}/v1beta1`;
const ROOT = `/apis/${GROUP_VERSION}`;

/** Over what a usage is the mean: metrics-server's own default for --metric-resolution. */
const WINDOW = "15s";

/** What there is to measure, at a moment. */
export interface Measured {
  readonly nodes: readonly Node[];
  readonly pods: readonly Pod[];
  readonly at: Date;
}

/** An answer of the API: HTTP status and JSON. */
export interface Answer {
  readonly status: number;
  readonly body: object;
}

/** Answers a GET of the metrics API, v1beta1, as metrics-server does. @param path path and query */
export function answerMetrics(path: string, measured: Measured): Answer {
  const { pathname, searchParams } = new URL(path, "https://localhost");
  const known = discovery(pathname);
  if (known) return { status: 200, body: known };
  const [, namespace, resource = "", name] =
    new RegExp(`^${ROOT}(?:/namespaces/([^/]+))?/(pods|nodes)(?:/([^/]+))?$`).exec(pathname) ?? [];
  if (resource === "" || (resource === "nodes" && namespace !== undefined)) return notFound(`path ${pathname}`);
  const selects = labelSelector(searchParams.get("labelSelector") ?? "");
  const all = resource === "nodes" ? measured.nodes.map(nodeMetrics(measured)) : podsOf(measured, namespace);
  const found = all.filter(({ metadata }) => selects(metadata.labels ?? {}));
  if (name === undefined) return { status: 200, body: list(resource, found) };
  const one = found.find(({ metadata }) => metadata.name === name);
  return one ? { status: 200, body: one } : notFound(`${resource}.${GROUP} "${name}" not found`);
}

function podsOf({ pods, at }: Measured, namespace: string | undefined) {
  return pods
    .filter(({ status }) => status?.phase === "Running")
    .filter(({ metadata }) => namespace === undefined || metadata.namespace === namespace)
    .map((pod) => ({
      ...head("PodMetrics", pod, at),
      containers: usageOf(pod).map(({ name, used }) => ({ name, usage: usage(used) })),
    }));
}

function nodeMetrics({ pods, at }: Measured) {
  return (node: Node) => ({
    ...head("NodeMetrics", node, at),
    usage: usage(usageOfNode(node.metadata.name, pods)),
  });
}

function head(kind: string, { metadata: { name, namespace, labels } }: Node | Pod, at: Date) {
  return {
    kind,
    apiVersion: GROUP_VERSION,
    metadata: { name, namespace, labels, creationTimestamp: at.toISOString() },
    timestamp: at.toISOString(),
    window: WINDOW,
  };
}

function list(resource: string, items: readonly object[]): object {
  const kind = resource === "nodes" ? "NodeMetricsList" : "PodMetricsList";
  return { kind, apiVersion: GROUP_VERSION, metadata: {}, items };
}

/** What the API server and clients ask to know what is served. */
function discovery(path: string): object | undefined {
  const version = { groupVersion: GROUP_VERSION, version: "v1beta1" };
  const group = { name: GROUP, versions: [version], preferredVersion: version };
  const verbs = ["get", "list"];
  switch (path) {
    case "/apis":
      return { kind: "APIGroupList", apiVersion: "v1", groups: [group] };
    case `/apis/${GROUP}`:
      return { kind: "APIGroup", apiVersion: "v1", ...group };
    case ROOT:
      return {
        kind: "APIResourceList",
        apiVersion: "v1",
        groupVersion: GROUP_VERSION,
        resources: [
          { name: "nodes", singularName: "", namespaced: false, kind: "NodeMetrics", verbs },
          { name: "pods", singularName: "", namespaced: true, kind: "PodMetrics", verbs },
        ],
      };
    default:
      return undefined;
  }
}

function notFound(what: string): Answer {
  return { status: 404, body: statusObject(404, "NotFound", what) };
}

/** A refusal as Kubernetes words it. */
export function statusObject(code: number, reason: string, message: string): object {
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, code };
}
