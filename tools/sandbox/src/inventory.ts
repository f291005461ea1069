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

/** Tags by which the AWS Load Balancer Controller, and the one of Auto Mode, know again what they made for a cluster. */
const CLUSTER_TAGS = ["elbv2.k8s.aws/cluster", "eks:eks-cluster-name"];

/**
 * What controllers in a cluster made for apps and have not taken away yet, a few words each: what the load balancer controller
 * tagged with its cluster, and records in the environment's zones that no stack's state holds, which are ExternalDNS's.
 * @param own records that states hold, as `name type`
 */
export async function madeByControllers(
  { awsUrl }: Pick<LocalAws, "awsUrl">,
  { environment, cluster, own }: { environment: string; cluster: string; own: ReadonlySet<string> },
): Promise<string[]> {
  const { resources } = inventory.parse(await get(`${awsUrl}/_sandbox/inventory`));
  return resources.flatMap(({ type, id, name, tags }) => {
    if (CLUSTER_TAGS.some((tag) => tags[tag] === cluster)) return `${type} ${name ?? id}`;
    const isForeign = type === "record" && tags["environment"] === environment && !own.has(withoutDot(id));
    return isForeign ? `record ${withoutDot(id)}` : [];
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
