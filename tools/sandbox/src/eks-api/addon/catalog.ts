import type { AddonInfo, AddonVersionInfo } from "@aws-sdk/client-eks";
import { kubernetesVersion, kubernetesVersions } from "@demarc/shared/environment";
import type { Context } from "../context";
import { invalid } from "../http/errors";
import { type Call, get } from "../http/route";

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

/** An add-on of EKS's that this repository does not use has a build of the sandbox's own, which says so. */
const OWN_BUILD = "sandbox.1";

/** Versions of an add-on, the default first: those that are known of the Kubernetes version. */
function addonVersions(name: string, version: string): string[] {
  const known = new Map(Object.entries(kubernetesVersion(version).addOns)).get(name);
  return known?.map((pin) => pin.version) ?? [`v${version}.0-${OWN_BUILD}`];
}

/** The version EKS installs when it is asked for none. */
export function defaultAddonVersion(name: string, kubernetesVersion: string): string {
  return addonVersions(name, kubernetesVersion)[0] ?? "";
}

/** @throws EksError InvalidParameterException that names what there is */
export function checkAddon(name: string, kubernetesVersion: string, version: string | undefined): void {
  const known = CATALOG.map((addon) => addon.name);
  if (!known.includes(name)) {
    throw invalid(
      `Addon ${name} specified is not supported in ${kubernetesVersion} kubernetes version; the sandbox has ${known.join(", ")}.`,
    );
  }
  const versions = addonVersions(name, kubernetesVersion);
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
  const versions = kubernetesVersions
    .map((known) => known.version)
    .filter((known) => version === null || known === version);
  const addons = CATALOG.filter((entry) => name === null || entry.name === name).map((entry) =>
    describe(entry, versions),
  );
  return { addons: versions.length === 0 ? [] : addons };
}

function describe({ name, type, requiresIamPermissions }: CatalogEntry, forVersions: readonly string[]): AddonInfo {
  return {
    addonName: name,
    type,
    publisher: "sandbox",
    owner: "sandbox",
    defaultNamespace: ADDON_NAMESPACE,
    addonVersions: forVersions.flatMap((clusterVersion) =>
      addonVersions(name, clusterVersion).map((addonVersion, index): AddonVersionInfo => ({
        addonVersion,
        architecture: ["amd64", "arm64"],
        computeTypes: ["ec2", "fargate"],
        compatibilities: [{ clusterVersion, platformVersions: ["*"], defaultVersion: index === 0 }],
        requiresConfiguration: false,
        requiresIamPermissions,
      })),
    ),
  };
}

export const addonVersionRoutes = [get("DescribeAddonVersions", "/addons/supported-versions", describeAddonVersions)];
