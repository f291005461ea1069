import { kubernetesVersion, minorsAhead, type Problem } from "@demarc/shared/environment";
import { addOnVersionProblems, unknownVersion } from "../versions";
import type { ManagedNodesSettings } from "./settings";

/** How far kubelets may be behind. https://kubernetes.io/releases/version-skew-policy/ */
const MOST_BEHIND = 3;

/** Release of the image of a group's nodes: what the settings choose, or the first that is known of the nodes' Kubernetes. */
export function nodeRelease(
  nodeVersion: string,
  { releaseVersion }: { readonly releaseVersion?: string | undefined },
): string {
  return releaseVersion ?? kubernetesVersion(nodeVersion).nodeReleases[0].version;
}

/** What is wrong between the Kubernetes version of a cluster and the versions that its settings choose. */
export function versionProblems(version: string, settings: ManagedNodesSettings): Problem[] {
  const { addOnVersions, nodeGroups, nodeVersion = version } = settings;
  const behind = minorsAhead(version, nodeVersion);
  if (behind < 0 || behind > MOST_BEHIND) {
    const message = `"${nodeVersion}" does not go with a control plane of ${version}: nodes are of its version, or up to ${String(MOST_BEHIND)} minor versions behind`;
    return [{ path: "nodeVersion", message }];
  }
  const { nodeReleases } = kubernetesVersion(nodeVersion);
  const images = Object.entries(nodeGroups).flatMap(([name, { ami }]) => {
    if (ami === undefined || ami.kubernetes === nodeVersion) return [];
    const message = `"${ami.kubernetes}" is the Kubernetes of image ${ami.id}, and the nodes are to have ${nodeVersion}; build an image of that and name its id, or keep the nodes behind with nodeVersion: docs/decisions/0018`;
    return [{ path: `nodeGroups.${name}.ami.kubernetes`, message }];
  });
  return [
    ...addOnVersionProblems(addOnVersions, version),
    ...images,
    ...Object.entries(nodeGroups).flatMap(([name, { releaseVersion }]) =>
      unknownVersion(`nodeGroups.${name}.releaseVersion`, releaseVersion, nodeReleases, nodeVersion),
    ),
  ];
}
