import { type EksAddOnName, kubernetesVersion, minorsAhead, type Pins, type Problem } from "@demarc/shared/environment";
import { addOnNames } from "./managed-add-ons";
import type { ClusterSettings } from "./settings";

/** How far kubelets may be behind. https://kubernetes.io/releases/version-skew-policy/ */
const MOST_BEHIND = 3;

/** Version of an add-on: what the settings choose, or the first that is known of the cluster's Kubernetes. */
export function addOnVersion(name: EksAddOnName, version: string, { addOnVersions }: ClusterSettings): string {
  return addOnVersions[name] ?? kubernetesVersion(version).addOns[name][0].version;
}

/** Release of the image of a group's nodes: what the settings choose, or the first that is known of the nodes' Kubernetes. */
export function nodeRelease(
  nodeVersion: string,
  { releaseVersion }: { readonly releaseVersion?: string | undefined },
): string {
  return releaseVersion ?? kubernetesVersion(nodeVersion).nodeReleases[0].version;
}

/** What is wrong between the Kubernetes version of a cluster and the versions that its settings choose. */
export function versionProblems(id: string, version: string, settings: ClusterSettings): Problem[] {
  const { addOnVersions, nodeGroups, nodeVersion = version } = settings;
  const path = `clusters.${id}`;
  const behind = minorsAhead(version, nodeVersion);
  if (behind < 0 || behind > MOST_BEHIND) {
    const message = `"${nodeVersion}" does not go with a control plane of ${version}: nodes are of its version, or up to ${String(MOST_BEHIND)} minor versions behind`;
    return [{ path: `${path}.nodeVersion`, message }];
  }
  const { addOns } = kubernetesVersion(version);
  const { nodeReleases } = kubernetesVersion(nodeVersion);
  return [
    ...addOnNames.flatMap((name) =>
      unknown(`${path}.addOnVersions.${name}`, addOnVersions[name], addOns[name], version),
    ),
    ...Object.entries(nodeGroups).flatMap(([name, { releaseVersion }]) =>
      unknown(`${path}.nodeGroups.${name}.releaseVersion`, releaseVersion, nodeReleases, nodeVersion),
    ),
  ];
}

function unknown(path: string, chosen: string | undefined, pins: Pins, version: string): Problem[] {
  const known = pins.map((pin) => pin.version);
  if (chosen === undefined || known.includes(chosen)) return [];
  const message = `"${chosen}" is not known of Kubernetes ${version}, which has ${known.join(", ")}; take one of them, or add it with its source to packages/shared/src/environment/kubernetes-versions/${version}.ts`;
  return [{ path, message }];
}
