import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { ApiServer } from "../kubernetes/api-server";
import type { DeployableStack } from "../stacks";
import { type Deployer, inItsCluster } from "./cluster";
import type { Patience } from "./uninstall";

/**
 * Kubernetes looks every 30 seconds whether there are new kinds to count, and every 5 minutes at all quotas again
 * (kube-controller-manager, `--resource-quota-sync-period`).
 */
const PATIENCE: Patience = { atMost: 330_000, every: 5_000 };

const quotas = z.object({
  items: z
    .array(
      z.object({
        metadata: z.object({ name: z.string() }),
        spec: z.object({ hard: z.record(z.string(), z.string()).default({}) }),
        status: z.object({ used: z.record(z.string(), z.string()).default({}) }).default({ used: {} }),
      }),
    )
    .nullable(),
});

/**
 * Waits until Kubernetes counts all that quotas hold in the namespaces of a stack's releases. A quota that is made within 30 seconds of
 * a custom resource's definition is not counted by, and until it is, the API server refuses every object of that kind: "status unknown
 * for quota". A deploy that makes all of an environment would fail there.
 * @param signal ends the wait at once. @default only the process's own end does
 */
export async function awaitQuotas(
  stack: DeployableStack,
  deployer: Deployer & { readonly say: (line: string) => void },
  signal?: AbortSignal,
): Promise<void> {
  const fault = await inItsCluster(
    stack,
    deployer,
    async (releases, server) => {
      const namespaces = [...new Set(releases.map(({ namespace }) => namespace))];
      for (const namespace of namespaces) await awaitCounts(namespace, server, deployer.say, PATIENCE, signal);
      return "";
    },
    (said) => `Whether Kubernetes counts all that quotas hold cannot be seen (${said}): Terraform tries all the same.`,
  );
  if (fault) deployer.say(fault);
}

/**
 * @param signal ends the wait at once
 * @returns whether all is counted; where it is not by then, Terraform tries all the same
 */
export async function awaitCounts(
  namespace: string,
  server: Pick<ApiServer, "ask">,
  say: (line: string) => void,
  { atMost, every } = PATIENCE,
  signal?: AbortSignal,
): Promise<boolean> {
  const until = Date.now() + atMost;
  for (let isFirst = true; ; isFirst = false) {
    const missing = await uncounted(namespace, server);
    if (missing.length === 0) return true;
    if (isFirst) say(`Kubernetes does not count ${missing.join(", ")} in ${namespace} yet: waiting, 5 minutes at most`);
    if (Date.now() > until || signal?.aborted === true) return false;
    await countAgain(namespace, server);
    await pause(every, signal);
  }
}

/** Waits that long, or until the signal. @param milliseconds at most */
async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal });
  } catch (error) {
    if (signal?.aborted !== true) throw error;
  }
}

/** What quotas of a namespace hold and Kubernetes does not count yet, each with its quota. */
async function uncounted(namespace: string, server: Pick<ApiServer, "ask">): Promise<string[]> {
  const { items } = quotas.parse(await server.ask(`/api/v1/namespaces/${namespace}/resourcequotas`, { query: {} }));
  return (items ?? []).flatMap(({ metadata: { name }, spec: { hard }, status: { used } }) =>
    Object.keys(hard)
      .filter((counted) => !Object.hasOwn(used, counted))
      .map((counted) => `${counted} (quota ${name})`),
  );
}

/** Has a namespace's quotas counted again, all of each: Kubernetes does where something that they count is deleted. */
async function countAgain(namespace: string, server: Pick<ApiServer, "ask">): Promise<void> {
  const path = `/api/v1/namespaces/${namespace}/configmaps`;
  const name = `count-again-${randomUUID()}`;
  try {
    await server.ask(path, { method: "POST", body: { metadata: { name } } });
    await server.ask(`${path}/${name}`, { method: "DELETE" });
  } catch {
    // Whoever may not waits for Kubernetes' own time.
  }
}
