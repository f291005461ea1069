import { LogType, type Logging, type LogSetup } from "@aws-sdk/client-eks";

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
