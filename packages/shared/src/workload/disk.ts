import type { WebApplicationSettings } from "./schema";

/** What a container's logs take: the kubelet keeps five files of 10 MiB each, and begins a new one late under load. */
const LOGS = 128;
/** For what an image writes all over its own file system. */
const ROOT_FILE_SYSTEM = 1024;

/**
 * Disk of its node that a pod takes at most, in MiB: its empty volumes, its logs and, where it may write there, the root file
 * system. A pod that takes more is evicted, so it is both request and limit.
 */
export function diskMebibytes({ overrides }: Pick<WebApplicationSettings, "overrides">): number {
  const { paths = [], megabytes = 0 } = overrides.writablePaths ?? {};
  return LOGS + paths.length * megabytes + (overrides.writableRootFilesystem === undefined ? 0 : ROOT_FILE_SYSTEM);
}
