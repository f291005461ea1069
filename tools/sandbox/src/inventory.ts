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
  /** Things that AWS itself keeps for a while, a line each with the reason. */
  readonly kept: readonly string[];
}

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
      ...resources.filter(isMeant).map(line),
      ...Object.entries(eks).flatMap(([kind, names]) =>
        names.filter((name) => name.startsWith(clusterPrefix)).map((name) => `eks ${kind} ${name}`),
      ),
    ],
    kept: kept.filter(isMeant).map((resource) => `${line(resource)}: ${resource.reason ?? "kept by AWS"}`),
  };
}

function line({ service, type, id, name }: z.infer<typeof resource>): string {
  return `${service} ${type} ${id}${name === null || name === id ? "" : ` (${name})`}`;
}

async function get(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${String(response.status)}`);
  return response.json();
}
