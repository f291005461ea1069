import { z } from "zod";
import type { LocalAws } from "./variables";

const resource = z.object({
  service: z.string(),
  type: z.string(),
  id: z.string(),
  name: z.string().nullable(),
  tags: z.record(z.string(), z.string()),
  reason: z.string().optional(),
});
const inventory = z.object({ resources: z.array(resource), kept: z.array(resource) });
const eksState = z.record(z.string(), z.array(z.string()));

/** What is there after a destroy, asked from the local AWS itself: no state is believed. */
export interface Left {
  /** Things that should be gone, a line each. */
  readonly behind: readonly string[];
  /** Things that AWS itself keeps for a while, or that the settings keep, a line each with the reason. */
  readonly kept: readonly string[];
}

/**
 * What a destroy leaves where infra's settings say so (`retain`, `finalSnapshot`): service and type. It bears the environment's
 * tags; what a service of AWS makes anew by itself does not.
 */
const RETAINED = new Set(["logs log-group", "rds db-snapshot"]);

const isRetained = ({ service, type, tags }: z.infer<typeof resource>) =>
  RETAINED.has(`${service} ${type}`) && tags["environment"] !== undefined;

/**
 * Asks both servers what they hold.
 * @param environment whose things are asked for. @default everybody's
 */
export async function whatIsLeft({ awsUrl, eksUrl }: LocalAws, environment?: string): Promise<Left> {
  const { resources, kept } = inventory.parse(await get(`${awsUrl}/_sandbox/inventory`));
  const eks = eksState.parse(await get(`${eksUrl}/_sandbox/state`));
  const isMeant = ({ tags }: z.infer<typeof resource>) =>
    environment === undefined || tags["environment"] === environment;
  const clusterPrefix = environment === undefined ? "" : `${environment}-`;
  return {
    behind: [
      ...resources.filter((one) => isMeant(one) && !isRetained(one)).map(line),
      ...Object.entries(eks).flatMap(([kind, names]) =>
        names.filter((name) => name.startsWith(clusterPrefix)).map((name) => `eks ${kind} ${name}`),
      ),
    ],
    kept: [
      ...kept.filter(isMeant).map((resource) => `${line(resource)}: ${resource.reason ?? "kept by AWS"}`),
      ...resources.filter((one) => isMeant(one) && isRetained(one)).map((one) => `${line(one)}: the settings keep it`),
    ],
  };
}

/** Which cluster is asked for. */
export interface OfCluster {
  /** Name of its environment. */
  readonly environment: string;
  /** Such as `dev-b`. */
  readonly cluster: string;
  /** Records that states hold, as StateBucket gives them: no controller made them. */
  readonly own: ReadonlySet<string>;
}

/**
 * Asks both servers what is there of one cluster.
 * @returns what EKS has of it, and what its controllers made for apps, a line each
 */
export async function whatIsLeftOf(local: LocalAws, of: OfCluster): Promise<string[]> {
  const { cluster } = of;
  const eks = eksState.parse(await get(`${local.eksUrl}/_sandbox/state`));
  const isOwn = (name: string) => name === cluster || name.startsWith(`${cluster}/`);
  return [
    ...Object.entries(eks).flatMap(([kind, names]) => names.filter(isOwn).map((name) => `eks ${kind} ${name}`)),
    ...(await madeByControllers(local, of)),
  ];
}

/** Tags by which the AWS Load Balancer Controller, and the one of Auto Mode, know again what they made for a cluster. */
const CLUSTER_TAGS = ["elbv2.k8s.aws/cluster", "eks:eks-cluster-name"];

/**
 * What controllers in a cluster made for apps and have not taken away yet, a few words each: what the load balancer controller
 * tagged with its cluster, and records in the environment's zones with its name in their set identifier, or with none, that no stack's
 * state holds: those are ExternalDNS's.
 */
export async function madeByControllers(
  { awsUrl }: Pick<LocalAws, "awsUrl">,
  { environment, cluster, own }: OfCluster,
): Promise<string[]> {
  const { resources } = inventory.parse(await get(`${awsUrl}/_sandbox/inventory`));
  return resources.flatMap(({ type, id, name, tags }) => {
    if (CLUSTER_TAGS.some((tag) => tags[tag] === cluster)) return `${type} ${name ?? id}`;
    const isForeign = type === "record" && tags["environment"] === environment && !own.has(withoutDot(id));
    const [, , identifier = `${cluster}-`] = id.split(" ");
    return isForeign && identifier.startsWith(`${cluster}-`) ? `record ${withoutDot(id)}` : [];
  });
}

/** `a.example.com. A` is written without its dot in a state. */
function withoutDot(record: string): string {
  return record.replace(/\.(?= |$)/, "");
}

function line({ service, type, id, name }: z.infer<typeof resource>): string {
  return `${service} ${type} ${id}${name === null || name === id ? "" : ` (${name})`}`;
}

async function get(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${String(response.status)}`);
  return response.json();
}
