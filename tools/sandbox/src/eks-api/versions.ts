import type { ClusterVersionInformation } from "@aws-sdk/client-eks";
import { type Call, get } from "./http/route";
import type { Context } from "./context";
import { invalid } from "./http/errors";

interface KubernetesVersion {
  /** Minor version, e.g. "1.35". */
  readonly version: string;
  /** Days on which AWS ends support, from the EKS Kubernetes release calendar as of April 2026. */
  readonly endOfStandardSupport: string;
  readonly endOfExtendedSupport: string;
}

/** Kubernetes versions that a cluster can have, newest first. */
export const KUBERNETES_VERSIONS: readonly KubernetesVersion[] = [
  { version: "1.35", endOfStandardSupport: "2027-03-27", endOfExtendedSupport: "2028-03-27" },
  { version: "1.34", endOfStandardSupport: "2026-12-02", endOfExtendedSupport: "2027-12-02" },
  { version: "1.33", endOfStandardSupport: "2026-07-29", endOfExtendedSupport: "2027-07-29" },
];

/** The version of a cluster that asks for none. */
export const DEFAULT_VERSION = "1.35";

/** EKS's own revision of a control plane; real ones read "eks.7". */
export const PLATFORM_VERSION = "eks-sandbox.1";

/** @throws EksError InvalidParameterException that names the known versions */
export function checkVersion(version: string): string {
  if (KUBERNETES_VERSIONS.some((known) => known.version === version)) return version;
  const known = KUBERNETES_VERSIONS.map((each) => each.version).join(", ");
  throw invalid(`unsupported Kubernetes version ${version}; the sandbox's EKS API knows ${known}.`);
}

/** How many minor versions `version` is ahead of `other`; negative when behind. */
export function minorsAhead(version: string, other: string): number {
  return minorOf(version) - minorOf(other);
}

function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}

/** Filters: `clusterVersions` (repeated), `defaultOnly`, `versionStatus` or `status`. */
function describeClusterVersions(_: Context, { query }: Call<never>) {
  const wanted = query.getAll("clusterVersions");
  const status = query.get("versionStatus") ?? query.get("status")?.toUpperCase().replace("-", "_");
  const clusterVersions = KUBERNETES_VERSIONS.map(describeVersion)
    .filter(({ clusterVersion }) => wanted.length === 0 || wanted.includes(clusterVersion))
    .filter(({ defaultVersion }) => query.get("defaultOnly") !== "true" || defaultVersion)
    .filter(({ versionStatus }) => !status || versionStatus === status);
  return { clusterVersions };
}

function describeVersion({ version, endOfStandardSupport, endOfExtendedSupport }: KubernetesVersion) {
  const standard = new Date() < new Date(endOfStandardSupport);
  return {
    clusterVersion: version,
    clusterType: "eks",
    defaultPlatformVersion: PLATFORM_VERSION,
    defaultVersion: version === DEFAULT_VERSION,
    endOfStandardSupportDate: new Date(endOfStandardSupport),
    endOfExtendedSupportDate: new Date(endOfExtendedSupport),
    status: standard ? "standard-support" : "extended-support",
    versionStatus: standard ? "STANDARD_SUPPORT" : "EXTENDED_SUPPORT",
  } satisfies ClusterVersionInformation;
}

export const versionRoutes = [get("DescribeClusterVersions", "/cluster-versions", describeClusterVersions)];
