import { clusterName, type Environment, InvalidInput, type Problem } from "@demarc/shared/environment";
import { settingsSubject } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import type { Cluster } from "./cluster";
import type { Compute } from "./compute/compute";
import { computeOf } from "./compute/kinds";
import type { ClusterSettings } from "./settings";

/** A cluster with what infra's settings say of it. */
export interface ConfiguredCluster extends Cluster {
  readonly settings: ClusterSettings;
  readonly compute: Compute;
}

/**
 * The clusters of an environment, each with its settings.
 * @throws InvalidInput where one has no settings, settings have no cluster, or the two name different kinds of compute.
 */
export function clustersOf(
  environment: Environment,
  settings: Readonly<Record<string, ClusterSettings>>,
): ConfiguredCluster[] {
  const problems: Problem[] = Object.keys(settings)
    .filter((id) => environment.clusters[id] === undefined)
    .map((id) => ({ path: `clusters.${id}`, message: "is no cluster of the environment; remove it or add it there" }));

  const clusters = Object.entries(environment.clusters).flatMap(([id, wanted]) => {
    const own = settings[id];
    if (own === undefined) {
      problems.push({
        path: `clusters.${id}`,
        message: "nothing is given: the environment has this cluster; add its settings",
      });
      return [];
    }
    const compute = computeOf(own.compute);
    problems.push(...computeProblems(environment, id, wanted, compute));
    return [{ id, name: clusterName(environment, id), version: wanted.version, settings: own, compute }];
  });

  if (problems.length === 0) return clusters;
  throw new InvalidInput([{ subject: settingsSubject(infra.name, environment), problems }]);
}

type WantedCluster = Environment["clusters"][string];

function computeProblems(environment: Environment, id: string, wanted: WantedCluster, compute: Compute): Problem[] {
  const path = `clusters.${id}.compute`;
  const { kind } = wanted.compute;
  if (compute.kind !== kind) {
    const message = `"${compute.kind}" is not what the environment says of this cluster, which is "${kind}"; make the two one`;
    return [{ path: `${path}.kind`, message }];
  }
  return compute
    .problems(environment, wanted.version)
    .map((problem) => ({ ...problem, path: `${path}.${problem.path}` }));
}
