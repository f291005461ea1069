import {
  type Amounts,
  clusterName,
  type Environment,
  InvalidInput,
  largestPodOf,
  type Problem,
} from "@demarc/shared/environment";
import { settingsSubject } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import type { ClusterSettings } from "./settings";
import { versionProblems } from "./versions";

/** A cluster of managed nodes: what the environment and infra's settings say of it. */
export interface Cluster {
  /** Short id in the environment. */
  readonly id: string;
  /** Name in AWS. */
  readonly name: string;
  /** Kubernetes minor version of the control plane and the add-ons. */
  readonly version: string;
  /** Kubernetes minor version of the nodes, which may be behind. */
  readonly nodeVersion: string;
  /** What one pod may request at most. */
  readonly largestPod: Amounts;
  readonly settings: ClusterSettings;
}

/**
 * The clusters of an environment, each with its settings.
 * @throws InvalidInput where one has no settings, settings have no cluster, or this version has no stack for the kind of compute.
 */
export function clustersOf(environment: Environment, settings: Readonly<Record<string, ClusterSettings>>): Cluster[] {
  const problems: Problem[] = Object.keys(settings)
    .filter((id) => environment.clusters[id] === undefined)
    .map((id) => ({ path: `clusters.${id}`, message: "is no cluster of the environment; remove it or add it there" }));

  const clusters = Object.entries(environment.clusters).flatMap(([id, { version, compute }]) => {
    const own = settings[id];
    if (own === undefined) {
      problems.push({
        path: `clusters.${id}`,
        message: "nothing is given: the environment has this cluster; add its settings",
      });
      return [];
    }
    const largestPod = largestPodOf(environment, id);
    if (largestPod === undefined) {
      problems.push({
        path: `clusters.${id}`,
        message: `"${compute.kind}" is a kind of compute that this version has no cluster stack for; take managed-nodes`,
      });
      return [];
    }
    problems.push(...versionProblems(id, version, own));
    const name = clusterName(environment, id);
    return [{ id, name, version, nodeVersion: own.nodeVersion ?? version, largestPod, settings: own }];
  });

  if (problems.length === 0) return clusters;
  throw new InvalidInput([{ subject: settingsSubject(infra.name, environment), problems }]);
}
