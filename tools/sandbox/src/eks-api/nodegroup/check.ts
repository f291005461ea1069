import { kubernetesVersion, minorsAhead } from "@demarc/shared/environment";
import type { Scaling } from "../account/auto-scaling";
import type { Context } from "../context";
import { nodeRoleProblems } from "../roles";
import type { ClusterRecord } from "../store";

/** What is wrong with sizes, in EKS's words. */
export function scalingProblems({ minSize, maxSize, desiredSize }: Scaling): string[] {
  const problems: string[] = [];
  if (minSize > desiredSize)
    problems.push(`Minimum capacity ${minSize} can't be greater than desired size ${desiredSize}`);
  if (desiredSize > maxSize) problems.push(`desired capacity ${desiredSize} can't be greater than max size ${maxSize}`);
  return problems;
}

/** The image release that nodes of a Kubernetes version run where nobody asks for one. */
export function releaseOf(version: string): string {
  return kubernetesVersion(version).nodeReleases[0].version;
}

/** What the kubelet of such an image calls itself; a real one ends with "-eks-" and the build's hash. */
export function kubeletOf(release: string): string {
  return `v${release.split("-")[0] ?? ""}`;
}

/** What is wrong with the version of nodes: they are never ahead of their cluster. */
export function versionProblems(version: string, releaseVersion: string | undefined, clusterVersion: string): string[] {
  const problems: string[] = [];
  if (minorsAhead(version, clusterVersion) > 0) {
    problems.push(
      `Nodes of version ${version} cannot join a cluster of version ${clusterVersion}; update the cluster first.`,
    );
  }
  const releases = kubernetesVersion(version).nodeReleases.map((release) => release.version);
  if (releaseVersion !== undefined && !releases.includes(releaseVersion)) {
    problems.push(
      `Requested release version ${releaseVersion} is not valid for kubernetes version ${version}; the sandbox has ${releases.join(", ")}.`,
    );
  }
  return problems;
}

/** What is wrong with where nodes are put and as whom they run. */
export async function placementProblems(
  context: Context,
  { cluster }: ClusterRecord,
  { subnets, nodeRole }: { readonly subnets: readonly string[]; readonly nodeRole: string },
): Promise<string[]> {
  const { vpcId } = cluster.resourcesVpcConfig;
  const found = await context.account.network.subnets(subnets);
  const own = found.filter((subnet) => subnet.vpcId === vpcId).map(({ id }) => id);
  return [
    ...subnets.filter((id) => !own.includes(id)).map((id) => `The subnet ${id} could not be found in ${vpcId}.`),
    ...(await nodeRoleProblems(context, nodeRole)),
  ];
}

/** What is wrong with instance types: no node of an unknown one could be made. */
export async function instanceTypeProblems({ account }: Context, names: readonly string[]): Promise<string[]> {
  const found = await Promise.allSettled(names.map((name) => account.instances.type(name)));
  const missing = names.filter((_, index) => found[index]?.status === "rejected");
  return missing.length === 0 ? [] : [`The following supplied instance types do not exist: [${missing.join(", ")}]`];
}
