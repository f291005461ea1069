import assert from "node:assert/strict";
import { DescribeSecurityGroupsCommand } from "@aws-sdk/client-ec2";
import { kinds, type Pod } from "../../controllers/kubernetes/kinds";
import { k8sPlatform } from "@demarc/shared/workspace";
import { ApiError } from "@demarc/deploy/kubernetes";
import { clusterNames } from "@demarc/shared/environment";
import { GROUPS_ANNOTATION } from "../../nodes/fargate/pod-groups";
import { appTeams } from "./deployed";
import type { Live, Row } from "./row";

/** What pods on Fargate have in place of agents on nodes. */
export const fargatePods: readonly Row[] = [
  { id: "S4.1", what: "machines of the pods, by what they request", look: sizes },
  { id: "B.5", what: "pods' logs, and who says where they go", look: logs },
  { id: "B.5", what: "security groups of teams' pods, in place of NetworkPolicies", look: apart },
];

const LOGGING = { name: "aws-logging", namespace: "aws-observability" };

/** Pods on Fargate, by their cluster. */
async function podsOf({ clusters, environment }: Live): Promise<Pod[]> {
  const all = await Promise.all(
    [...(await clusters(k8sPlatform.team(environment))).values()].map(async (kubernetes) => {
      const { items } = await kubernetes.list(kinds.pods);
      return items.filter(({ spec }) => spec.schedulerName === "fargate-scheduler" || spec.nodeName !== undefined);
    }),
  );
  const pods = all.flat();
  assert.notEqual(pods.length, 0);
  return pods;
}

/** Each has a machine of its own, and so what it requests is what it is limited to. */
async function sizes(live: Live): Promise<string> {
  const pods = await podsOf(live);
  assert.equal(new Set(pods.map(({ spec }) => spec.nodeName)).size, pods.length);
  const teams = pods.filter(({ metadata }) => Object.hasOwn(live.environment.teams, metadata.namespace ?? ""));
  for (const { metadata, spec } of teams) {
    for (const { resources } of spec.containers)
      assert.deepEqual(resources?.requests, resources?.limits, metadata.name);
  }
  const provisioned = pods.map(({ metadata }) => String(metadata.annotations?.["CapacityProvisioned"]));
  return [...new Set(provisioned)]
    .sort()
    .map((size) => `${String(provisioned.filter((other) => other === size).length)} of ${size}`)
    .join(", ");
}

/** All but CoreDNS, which is older than the setting. No team may change it. */
async function logs(live: Live): Promise<string> {
  const pods = (await podsOf(live)).filter(({ metadata }) => !metadata.name.startsWith("coredns-"));
  for (const { metadata } of pods) assert.equal(metadata.annotations?.["Logging"], "LoggingEnabled", metadata.name);
  const groups: string[] = [];
  for (const [cluster, kubernetes] of await live.clusters(k8sPlatform.team(live.environment))) {
    const found = await kubernetes.get(kinds.configMaps, LOGGING);
    const [, group] = /log_group_name (\S+)/.exec(found?.data?.["output.conf"] ?? "") ?? [];
    assert.ok(group !== undefined && group.includes(cluster), `logs of ${cluster} go to ${String(group)}`);
    groups.push(group);
  }
  assert.equal(groups.length, clusterNames(live.environment).length);
  const teams = appTeams(live);
  for (const team of teams) {
    for (const kubernetes of (await live.clusters(team)).values()) {
      const fault: unknown = await kubernetes
        .patch(kinds.configMaps, LOGGING, { data: { "output.conf": "" } })
        .catch((error: unknown) => error);
      assert.ok(fault instanceof ApiError && fault.status === 403, `${team} may change where logs go`);
    }
  }
  return `of ${String(pods.length)} pods to ${groups.join(", ")}; ${String(teams.length)} teams refused to change that`;
}

/** Each team's pods have the team's group and the shared one, and no two teams have a group that lets the other's in. */
async function apart(live: Live): Promise<string> {
  const groupsOf = new Map<string, Set<string>>();
  for (const { metadata } of await podsOf(live)) {
    const { namespace = "", annotations, name } = metadata;
    if (!Object.hasOwn(live.environment.teams, namespace)) continue;
    const ids = annotations?.[GROUPS_ANNOTATION]?.split(",") ?? [];
    assert.equal(ids.length, 2, `${name} has the groups ${ids.join()}`);
    groupsOf.set(namespace, new Set([...(groupsOf.get(namespace) ?? []), ...ids]));
  }
  const all = new Set([...groupsOf.values()].flatMap((ids) => [...ids]));
  const { SecurityGroups = [] } = await live.ec2.send(new DescribeSecurityGroupsCommand({ GroupIds: [...all] }));
  const doors = SecurityGroups.flatMap(({ GroupId = "", IpPermissions = [] }) =>
    IpPermissions.flatMap(({ UserIdGroupPairs = [], IpRanges = [] }) => {
      assert.deepEqual(IpRanges, [], `${GroupId} lets in addresses`);
      return UserIdGroupPairs.map((peer) => ({ into: GroupId, from: peer.GroupId ?? "" }));
    }),
  );
  for (const [team, ids] of groupsOf) {
    const others = [...groupsOf].flatMap(([other, theirs]) => (other === team ? [] : [...theirs]));
    const open = doors.filter(({ into, from }) => ids.has(into) && others.includes(from) && into !== from);
    assert.deepEqual(open, [], `pods of others reach those of ${team}`);
    const byItself = doors.filter(
      ({ into, from }) => into === from && [...ids].includes(into) && others.includes(into),
    );
    assert.deepEqual(byItself, [], `${team} shares a group that lets itself in`);
  }
  return `${[...groupsOf.keys()].sort().join(", ")}: ${String(all.size)} groups, none lets another team's in`;
}
