import { recordIn } from "@demarc/deploy/helm";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import type { KubernetesObject } from "../controllers/kubernetes/object";

/** A program in a cluster, with its pods. */
export interface Workload {
  readonly namespace: string;
  readonly name: string;
  readonly ready: number;
  readonly wanted: number;
}

/** What a release runs. */
export interface ReleaseWorkload extends Workload {
  readonly kind: string;
  /** Somebody deleted it since the release: neither Helm nor a plan of Terraform sees that. */
  readonly missing: boolean;
}

/** A Helm release, as its latest revision says it. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly chartVersion: string;
  /** Helm's word for it, such as deployed or failed. */
  readonly status: string;
  readonly workloads: readonly ReleaseWorkload[];
}

/** Of each kind, the fields that tell how many pods there are. */
export interface Scaled extends KubernetesObject {
  readonly spec: { readonly replicas?: number };
  readonly status?: { readonly readyReplicas?: number };
}

export interface DaemonSet extends KubernetesObject {
  readonly status?: { readonly numberReady?: number; readonly desiredNumberScheduled?: number };
}

export interface Secret extends KubernetesObject {
  readonly data?: Readonly<Record<string, string>>;
}

/** What of a cluster tells how its releases are. */
export interface ReleaseContent {
  readonly nodes: readonly KubernetesObject[];
  readonly deployments: readonly Scaled[];
  readonly statefulSets: readonly Scaled[];
  readonly daemonSets: readonly DaemonSet[];
  /** Helm's records of its releases. */
  readonly releases: readonly Secret[];
}

const release = z.object({
  version: z.number(),
  info: z.object({ status: z.string() }),
  chart: z.object({ metadata: z.object({ version: z.string() }) }),
  /** All that it made, as YAML. */
  manifest: z.string().default(""),
});

/** Releases that run something, or should; each by its latest revision. */
export function releasesIn(content: ReleaseContent): Release[] {
  const read = content.releases.map(({ metadata: { namespace = "", labels }, data }) => ({
    name: labels?.["name"] ?? "",
    namespace,
    record: release.parse(recordIn(data?.["release"] ?? "")),
  }));
  const latest = new Map<string, (typeof read)[number]>();
  read.sort((one, other) => one.record.version - other.record.version);
  for (const one of read) latest.set(`${one.namespace}/${one.name}`, one);
  return [...latest.values()]
    .map(({ name, namespace, record: { chart, info, manifest } }) => ({
      name,
      namespace,
      chartVersion: chart.metadata.version,
      status: info.status,
      workloads: workloadsOf(manifest, namespace).map((workload) => asItIs(workload, content)),
    }))
    .filter(({ workloads, status }) => workloads.length > 0 || status !== "deployed");
}

const KINDS = ["Deployment", "StatefulSet", "DaemonSet"] as const;

const declared = z.object({
  kind: z.enum(KINDS),
  metadata: z.object({ name: z.string(), namespace: z.string().optional() }),
  spec: z.object({ replicas: z.number().nullish() }),
});
type Declared = z.infer<typeof declared>;

/** What a release says that it runs. The objects that are there cannot tell what is not. */
function workloadsOf(manifest: string, namespace: string): Declared[] {
  return parseAllDocuments(manifest).flatMap((document) => {
    const { data } = declared.safeParse(document.toJS());
    return data === undefined ? [] : { ...data, metadata: { namespace, ...data.metadata } };
  });
}

function asItIs({ kind, metadata, spec }: Declared, content: ReleaseContent): ReleaseWorkload {
  const { name, namespace = "" } = metadata;
  const isIt = (object: KubernetesObject) => object.metadata.name === name && object.metadata.namespace === namespace;
  const workload = { kind, namespace, name };
  if (kind === "DaemonSet") {
    const found = content.daemonSets.find(isIt);
    const { numberReady = 0, desiredNumberScheduled } = found?.status ?? {};
    const wanted = found === undefined ? content.nodes.length : (desiredNumberScheduled ?? 0);
    return { ...workload, ready: numberReady, wanted, missing: found === undefined };
  }
  const found = (kind === "Deployment" ? content.deployments : content.statefulSets).find(isIt);
  // Somebody may have scaled it: up is no shortage, down is.
  const wanted = Math.max(spec.replicas ?? 1, found?.spec.replicas ?? 0);
  return { ...workload, ready: found?.status?.readyReplicas ?? 0, wanted, missing: found === undefined };
}
