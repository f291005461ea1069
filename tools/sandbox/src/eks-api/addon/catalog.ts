import type { AddonInfo, AddonVersionInfo } from "@aws-sdk/client-eks";
import type { Context } from "../context";
import { invalid } from "../http/errors";
import { type Call, get } from "../http/route";
import { KUBERNETES_VERSIONS } from "../versions";

interface CatalogEntry {
  readonly name: string;
  /** EKS's own word for what it is for. */
  readonly type: string;
  readonly requiresIamPermissions: boolean;
}

/** The add-ons that the sandbox has. */
const CATALOG: readonly CatalogEntry[] = [
  { name: "vpc-cni", type: "networking", requiresIamPermissions: true },
  { name: "kube-proxy", type: "networking", requiresIamPermissions: false },
  { name: "coredns", type: "networking", requiresIamPermissions: false },
  { name: "aws-ebs-csi-driver", type: "storage", requiresIamPermissions: true },
  { name: "eks-pod-identity-agent", type: "security", requiresIamPermissions: false },
  { name: "metrics-server", type: "observability", requiresIamPermissions: false },
];

/** Namespace that all of them run in. */
export const ADDON_NAMESPACE = "kube-system";

/**
 * Builds of every add-on per Kubernetes version, newest first. They are the sandbox's own and say so: it runs no add-on, and
 * a real version here would be one that nobody can vouch for. The default is not the newest, as in EKS more often than not.
 */
const BUILDS = [2, 1];
const DEFAULT_BUILD = 1;

/** e.g. "v1.35.0-sandbox.1" */
function addonVersion(kubernetesVersion: string, build: number): string {
  return `v${kubernetesVersion}.0-sandbox.${build}`;
}

/** The version EKS installs when it is asked for none. */
export function defaultAddonVersion(kubernetesVersion: string): string {
  return addonVersion(kubernetesVersion, DEFAULT_BUILD);
}

/** @throws EksError InvalidParameterException that names what there is */
export function checkAddon(name: string, kubernetesVersion: string, version: string | undefined): void {
  const known = CATALOG.map((addon) => addon.name);
  if (!known.includes(name)) {
    throw invalid(
      `Addon ${name} specified is not supported in ${kubernetesVersion} kubernetes version; the sandbox has ${known.join(", ")}.`,
    );
  }
  const versions = BUILDS.map((build) => addonVersion(kubernetesVersion, build));
  if (version !== undefined && !versions.includes(version)) {
    throw invalid(
      `Addon version specified is not supported: ${name} ${version}. On Kubernetes ${kubernetesVersion} the sandbox has ${versions.join(", ")}.`,
    );
  }
}

/** Filters: `addonName`, `kubernetesVersion`. */
function describeAddonVersions(_: Context, { query }: Call<never>) {
  const name = query.get("addonName");
  const version = query.get("kubernetesVersion");
  const versions = KUBERNETES_VERSIONS.map((known) => known.version).filter(
    (known) => version === null || known === version,
  );
  const addons = CATALOG.filter((entry) => name === null || entry.name === name).map((entry) =>
    describe(entry, versions),
  );
  return { addons: versions.length === 0 ? [] : addons };
}

function describe(
  { name, type, requiresIamPermissions }: CatalogEntry,
  kubernetesVersions: readonly string[],
): AddonInfo {
  return {
    addonName: name,
    type,
    publisher: "sandbox",
    owner: "sandbox",
    defaultNamespace: ADDON_NAMESPACE,
    addonVersions: kubernetesVersions.flatMap((kubernetesVersion) =>
      BUILDS.map((build): AddonVersionInfo => ({
        addonVersion: addonVersion(kubernetesVersion, build),
        architecture: ["amd64", "arm64"],
        computeTypes: ["ec2", "fargate"],
        compatibilities: [
          { clusterVersion: kubernetesVersion, platformVersions: ["*"], defaultVersion: build === DEFAULT_BUILD },
        ],
        requiresConfiguration: false,
        requiresIamPermissions,
      })),
    ),
  };
}

export const addonVersionRoutes = [get("DescribeAddonVersions", "/addons/supported-versions", describeAddonVersions)];
