import v134 from "./1.34";
import v135 from "./1.35";
import v136 from "./1.36";
import type { KubernetesVersion } from "./version";

export type { EksAddOnName, KubernetesVersion, Pins } from "./version";

/** Every Kubernetes version that a cluster may have, newest first. A new one is a file here, with its sources. */
export const kubernetesVersions: readonly KubernetesVersion[] = [v136, v135, v134];

/** What depends on a Kubernetes version. @throws Error where nothing is known of it; an environment cannot name such a one */
export function kubernetesVersion(version: string): KubernetesVersion {
  const found = kubernetesVersions.find((known) => known.version === version);
  if (found === undefined) throw new Error(`nothing is known of Kubernetes ${version}`);
  return found;
}

/** How many minor versions one is ahead of another; negative when behind. */
export function minorsAhead(version: string, other: string): number {
  return minorOf(version) - minorOf(other);
}

/** Minor version as a number: 35 of "1.35". */
export function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}
