import assert from "node:assert/strict";
import {
  type Cluster,
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  ListNodegroupsCommand,
  type Nodegroup,
} from "@aws-sdk/client-eks";
import { clusterNames } from "@demarc/shared/environment";
import { k8sPlatform } from "@demarc/shared/workspace";
import type { KubernetesClient } from "../../controllers/kubernetes/client";
import type { Live } from "./row";

/** The environment's clusters, as EKS tells them. */
export async function clustersOf({ eks, environment }: Live): Promise<Cluster[]> {
  const described = clusterNames(environment).map((name) => eks.send(new DescribeClusterCommand({ name })));
  return (await Promise.all(described)).flatMap(({ cluster }) => cluster ?? []);
}

/** Node groups of all its clusters: there is at least one. */
export async function nodeGroupsOf({ eks, environment }: Live): Promise<Nodegroup[]> {
  const found = clusterNames(environment).map(async (clusterName) => {
    const { nodegroups = [] } = await eks.send(new ListNodegroupsCommand({ clusterName }));
    const described = nodegroups.map((nodegroupName) =>
      eks.send(new DescribeNodegroupCommand({ clusterName, nodegroupName })),
    );
    return (await Promise.all(described)).flatMap(({ nodegroup }) => nodegroup ?? []);
  });
  const groups = (await Promise.all(found)).flat();
  assert.notEqual(groups.length, 0, "there is no node group");
  return groups;
}

/** Teams that own no workspace of the environment's: those of apps. */
export function appTeams({ environment }: Live): string[] {
  return Object.entries(environment.teams).flatMap(([team, { owns = [] }]) => (owns.length === 0 ? [team] : []));
}

/** The cluster as the platform's team sees it: the first one. */
export async function platformOf(live: Live): Promise<KubernetesClient> {
  const [first] = (await live.clusters(k8sPlatform.team(live.environment))).values();
  assert.ok(first, "there is no cluster");
  return first;
}
