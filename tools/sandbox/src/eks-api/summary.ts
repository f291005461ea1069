import { unlessGone } from "@demarc/deploy/kubernetes";
import { KubernetesClient } from "../controllers/kubernetes/client";
import { kinds } from "../controllers/kubernetes/kinds";
import type { KubernetesObject, ResourceKind } from "../controllers/kubernetes/object";
import { BUILT_IN, INSTALLED } from "../controllers/load-balancer/kinds";
import type { Context } from "./context";
import type { ApiWay } from "./account/rest-apis";
import { apisOf, hostsOf, type TargetGroupHosts, type Ways } from "./hosts";
import {
  type DaemonSet,
  type Release,
  type ReleaseContent,
  releasesIn,
  type Scaled,
  type Secret,
  type Workload,
} from "./releases";
import { ingressRoutes } from "./routes-of-apps";
import type { ClusterRecord } from "./store";

/** What a person wants to know of a cluster: GET /_sandbox/clusters/<name>/summary. */
export interface ClusterSummary {
  readonly name: string;
  /** Of Kubernetes, such as 1.35. */
  readonly version: string;
  readonly status: string;
  readonly nodes: readonly { readonly name: string; readonly instanceType: string; readonly ready: boolean }[];
  /** Add-ons of EKS, which keeps them running by itself. */
  readonly managedAddons: readonly { readonly name: string; readonly version: string; readonly status: string }[];
  /** Helm releases that run something, or should; an app's with the team in whose namespace it is. */
  readonly releases: readonly (Release & { readonly team: string | undefined })[];
  /** Deployments in teams' namespaces. */
  readonly apps: readonly App[];
}

interface App extends Workload {
  readonly team: string;
  /** Where it is reached: host names, and addresses of its REST APIs. */
  readonly hosts: readonly string[];
  /** Ids of the API keys of which a request is to have one. */
  readonly keys: readonly string[];
}

/** What leads requests into the cluster. */
interface WaysIn {
  readonly targetGroupHosts: TargetGroupHosts;
  readonly apis: readonly ApiWay[];
}

/** Of each kind, the fields that tell something. */
interface Node extends KubernetesObject {
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

interface Deployment extends Scaled {
  readonly spec: {
    readonly replicas?: number;
    readonly template: { readonly metadata?: { readonly labels?: Readonly<Record<string, string>> } };
  };
}

interface Service extends KubernetesObject {
  readonly spec: { readonly selector?: Readonly<Record<string, string>> };
}

const daemonSets: ResourceKind<DaemonSet> = {
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  plural: "daemonsets",
  namespaced: true,
};
const statefulSets: ResourceKind<Scaled> = {
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  plural: "statefulsets",
  namespaced: true,
};
const secrets: ResourceKind<Secret> = { apiVersion: "v1", kind: "Secret", plural: "secrets", namespaced: true };

/** What stands in a cluster that is summarized. */
export interface ClusterContent extends ReleaseContent, Ways {
  readonly nodes: readonly Node[];
  readonly namespaces: readonly KubernetesObject[];
  readonly deployments: readonly Deployment[];
  readonly services: readonly Service[];
}

/** @throws EksError where there is no such cluster, ApiError or Error where its API server does not answer */
export async function summaryOf({ store, controlPlane, account }: Context, name: string): Promise<ClusterSummary> {
  const record = store.clusters.get(name);
  const connection = record.cluster.status === "ACTIVE" ? controlPlane.connection?.(name) : undefined;
  if (connection === undefined) return summarize(record, NOTHING, { targetGroupHosts: new Map(), apis: [] });
  const client = new KubernetesClient(connection, "demarc-summary");
  try {
    return summarize(record, await contentOf(client), {
      targetGroupHosts: await account.loadBalancers.hostsOfTargetGroups(),
      apis: await account.restApis.ways(),
    });
  } finally {
    client.close();
  }
}

const NOTHING: ClusterContent = {
  nodes: [],
  namespaces: [],
  deployments: [],
  statefulSets: [],
  daemonSets: [],
  services: [],
  ingresses: [],
  bindings: [],
  routes: [],
  releases: [],
};

/** What of a cluster is summarized. */
export async function contentOf(client: KubernetesClient): Promise<ClusterContent> {
  const all = async <T extends KubernetesObject>(kind: ResourceKind<T>) => (await client.list(kind)).items;
  const releases = client.list(secrets, { labelSelector: "owner=helm" });
  return {
    nodes: await all(kinds.nodes),
    namespaces: await all(kinds.namespaces),
    deployments: await all(kinds.deployments),
    statefulSets: await all(statefulSets),
    daemonSets: await all(daemonSets),
    services: await all(kinds.services),
    ingresses: await all(kinds.ingresses),
    bindings: await bindingsIn(client),
    routes: (await unlessGone(client.list(ingressRoutes)))?.items ?? [],
    releases: (await releases).items,
  };
}

/** Of whichever controller of load balancers there is. */
async function bindingsIn(client: KubernetesClient): Promise<ClusterContent["bindings"]> {
  const lists = [INSTALLED, BUILT_IN].map(({ bindings }) => unlessGone(client.list(bindings)));
  return (await Promise.all(lists)).flatMap((list) => list?.items ?? []);
}

export function summarize(
  { cluster, addons }: Pick<ClusterRecord, "cluster" | "addons">,
  content: ClusterContent,
  waysIn: WaysIn,
): ClusterSummary {
  const { name, version, status } = cluster;
  const teams = new Map(content.namespaces.map(({ metadata }) => [metadata.name, metadata.labels?.["team"]]));
  return {
    name,
    version,
    status,
    nodes: content.nodes.map((node) => ({
      name: node.metadata.name,
      instanceType: node.metadata.labels?.["node.kubernetes.io/instance-type"] ?? "",
      ready: node.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") ?? false,
    })),
    managedAddons: addons.values().map(({ addonName, addonVersion = "", status = "" }) => ({
      name: addonName,
      version: addonVersion,
      status,
    })),
    releases: releasesIn(content).map((release) => ({ ...release, team: teams.get(release.namespace) })),
    apps: appsIn(content, teams, waysIn),
  };
}

/** @param teams by their namespaces */
function appsIn(
  { deployments, services, ...ways }: ClusterContent,
  teams: ReadonlyMap<string, string | undefined>,
  { targetGroupHosts, apis }: WaysIn,
): ClusterSummary["apps"] {
  return deployments.flatMap((deployment) => {
    const team = teams.get(deployment.metadata.namespace ?? "");
    if (team === undefined) return [];
    const own = services.filter((service) => selects(service, deployment));
    const leading = apisOf(own, ways.bindings, apis);
    return {
      ...workloadOf(deployment),
      team,
      hosts: [...new Set([...hostsOf(own, ways, targetGroupHosts), ...leading.flatMap(({ addresses }) => addresses)])],
      keys: [...new Set(leading.flatMap(({ keys }) => keys))],
    };
  });
}

function workloadOf({ metadata: { name, namespace = "" }, spec, status }: Deployment): Workload {
  return { namespace, name, ready: status?.readyReplicas ?? 0, wanted: spec.replicas ?? 1 };
}

function selects({ metadata, spec: { selector = {} } }: Service, deployment: Deployment): boolean {
  const labels = deployment.spec.template.metadata?.labels ?? {};
  const wanted = Object.entries(selector);
  return (
    metadata.namespace === deployment.metadata.namespace &&
    wanted.length > 0 &&
    wanted.every(([key, value]) => labels[key] === value)
  );
}
