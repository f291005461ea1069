import { LogType, type Logging, type LogSetup } from "@aws-sdk/client-eks";
import { setTimeout as sleep } from "node:timers/promises";
import type { Context } from "../context";
import type { StoredCluster } from "../store";

/** How long a cluster's last records go on coming when it is gone, and how often, in milliseconds. */
const LAST_RECORDS = { for: 60_000, every: 1_000 };

/**
 * What is logged after a change, in EKS's two entries (on, off). A type that the change does not mention stays as it was.
 */
export function mergeLogging(
  current: Logging | undefined,
  change: Logging | undefined,
): { clusterLogging: LogSetup[] } {
  const on = new Set<LogType>();
  for (const { types = [], enabled } of [...(current?.clusterLogging ?? []), ...(change?.clusterLogging ?? [])]) {
    for (const type of types) {
      if (enabled) on.add(type);
      else on.delete(type);
    }
  }
  const all = Object.values(LogType);
  const entries = [
    { types: all.filter((type) => on.has(type)), enabled: true },
    { types: all.filter((type) => !on.has(type)), enabled: false },
  ];
  return { clusterLogging: entries.filter(({ types }) => types.length > 0) };
}

/**
 * The last records of a cluster that is gone. EKS writes them late, and makes the log group anew where Terraform has deleted it meanwhile:
 * https://github.com/terraform-aws-modules/terraform-aws-eks/issues/2446
 */
export async function writeLastRecords({ account }: Pick<Context, "account">, cluster: StoredCluster): Promise<void> {
  const isOn = (cluster.logging?.clusterLogging ?? []).some(({ enabled }) => enabled === true);
  if (!isOn) return;
  for (let left = LAST_RECORDS.for; left > 0; left -= LAST_RECORDS.every) {
    // A server that stops need not wait for it, and has no local AWS to write to.
    const made = await account.logGroups.create(`/aws/eks/${cluster.name}/cluster`).catch(() => true);
    if (made) return;
    await sleep(LAST_RECORDS.every, undefined, { ref: false });
  }
}
