import path from "node:path";
import { Refusal } from "@demarc/deploy";
import { z } from "zod";
import type { Servers } from "./local-aws/servers";
import type { Surroundings } from "./session";

const component = z.object({ name: z.string(), running: z.boolean(), log: z.string() });
const controlPlanes = z.record(z.string(), z.array(component));

/** A program of a cluster's control plane that has ended. */
export interface EndedComponent {
  readonly cluster: string;
  /** Such as kube-apiserver. */
  readonly name: string;
  /** File that has all that it printed. */
  readonly log: string;
}

/** Programs of control planes that run no more, though their clusters are there. */
export async function endedComponents({ eksUrl }: Pick<Servers, "eksUrl">): Promise<EndedComponent[]> {
  const all = controlPlanes.parse(await ask(`${eksUrl}/_sandbox/control-planes`));
  return Object.entries(all).flatMap(([cluster, components]) =>
    components.filter(({ running }) => !running).map(({ name, log }) => ({ cluster, name, log })),
  );
}

/** Names of the clusters that there are, such as `dev-a`. */
export async function existingClusters({ eksUrl }: Pick<Servers, "eksUrl">): Promise<string[]> {
  return Object.keys(controlPlanes.parse(await ask(`${eksUrl}/_sandbox/control-planes`)));
}

/** Which program of which cluster has ended, and where its last words are. */
export function endedSentence({ cluster, name, log }: EndedComponent, root: string): string {
  return `${name} of cluster ${cluster} has ended (why: the end of ${path.relative(root, log)}).`;
}

/** Starts what has ended of the control planes, with all that was in the clusters, and says so. */
export async function resumeControlPlanes(servers: Servers, { layout, console }: Surroundings): Promise<void> {
  const ended = await endedComponents(servers);
  for (const component of ended) console.say(endedSentence(component, layout.root));
  for (const cluster of new Set(ended.map(({ cluster }) => cluster))) {
    console.say(`Starting the control plane of cluster ${cluster} again, with all that was in it …`);
    await ask(`${servers.eksUrl}/_sandbox/clusters/${cluster}/resume`, "POST");
  }
}

const workload = z.object({ namespace: z.string(), name: z.string(), ready: z.number(), wanted: z.number() });
const clusterSummary = z.object({
  name: z.string(),
  version: z.string(),
  status: z.string(),
  nodes: z.array(z.object({ name: z.string(), instanceType: z.string(), ready: z.boolean() })),
  managedAddons: z.array(z.object({ name: z.string(), version: z.string(), status: z.string() })),
  releases: z.array(
    z.object({
      name: z.string(),
      namespace: z.string(),
      chartVersion: z.string(),
      status: z.string(),
      workloads: z.array(workload.extend({ kind: z.string(), missing: z.boolean() })),
      team: z.string().optional(),
    }),
  ),
  apps: z.array(workload.extend({ team: z.string(), hosts: z.array(z.string()), keys: z.array(z.string()) })),
});

/** What a person wants to know of a cluster: GET /_sandbox/clusters/<name>/summary. */
export type ClusterSummary = z.infer<typeof clusterSummary>;

/** Summaries of the clusters of those names, such as `dev-a`. */
export async function clusterSummaries(
  names: readonly string[],
  servers: Pick<Servers, "eksUrl">,
): Promise<ClusterSummary[]> {
  return Promise.all(names.map((name) => summaryOf(name, servers)));
}

/** Summaries of all clusters whose control planes run whole. */
export async function runningClusterSummaries(servers: Pick<Servers, "eksUrl">): Promise<ClusterSummary[]> {
  const all = controlPlanes.parse(await ask(`${servers.eksUrl}/_sandbox/control-planes`));
  const whole = Object.entries(all).filter(([, components]) => components.every(({ running }) => running));
  return Promise.all(whole.map(([name]) => summaryOf(name, servers)));
}

async function summaryOf(name: string, { eksUrl }: Pick<Servers, "eksUrl">): Promise<ClusterSummary> {
  return clusterSummary.parse(await ask(`${eksUrl}/_sandbox/clusters/${name}/summary`));
}

/** Each time on a connection of its own: one that is kept may be closed just as it is used again. */
async function ask(url: string, method: "GET" | "POST" = "GET"): Promise<unknown> {
  const response = await fetch(url, { method, headers: { connection: "close" } }).catch(() => {
    throw new Refusal([
      `The sandbox's EKS does not answer at ${url}. Its last words: .sandbox/logs. To begin anew: npm run sandbox -- down, npm run sandbox`,
    ]);
  });
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  throw new Error(`${url} answers ${String(response.status)}: ${JSON.stringify(answer)}`);
}
