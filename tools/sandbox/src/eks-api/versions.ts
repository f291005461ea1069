import type { ClusterVersionInformation } from "@aws-sdk/client-eks";
import { type KubernetesVersion, kubernetesVersions } from "@demarc/shared/environment";
import { type Call, get } from "./http/route";
import type { Context } from "./context";
import { invalid } from "./http/errors";

/** The version of a cluster that asks for none. */
export const DEFAULT_VERSION = "1.35";

/** EKS's own revision of a control plane; real ones read "eks.7". */
export const PLATFORM_VERSION = "eks-sandbox.1";

/** @throws EksError InvalidParameterException that names the known versions */
export function checkVersion(version: string): string {
  if (kubernetesVersions.some((known) => known.version === version)) return version;
  const known = kubernetesVersions.map((each) => each.version).join(", ");
  throw invalid(`unsupported Kubernetes version ${version}; the sandbox's EKS API knows ${known}.`);
}

/** Filters: `clusterVersions` (repeated), `defaultOnly`, `versionStatus` or `status`. */
function describeClusterVersions(_: Context, { query }: Call<never>) {
  const wanted = query.getAll("clusterVersions");
  const status = query.get("versionStatus") ?? query.get("status")?.toUpperCase().replace("-", "_");
  const clusterVersions = kubernetesVersions
    .map(describeVersion)
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
