import assert from "node:assert/strict";
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { DescribeNodegroupCommand, ListNodegroupsCommand, type Nodegroup } from "@aws-sdk/client-eks";
import { clusterName } from "@demarc/shared/environment";
import { CREDENTIALS } from "../../variables";
import type { Live, Row } from "./row";

/** Nodes in groups that infra makes and the Cluster Autoscaler changes. */
export const managedNodes: readonly Row[] = [
  { id: "S2.1", what: "node groups that infra makes", look: nodeGroups },
  { id: "S2.6", what: "Auto Scaling groups that the Cluster Autoscaler finds by tag", look: groupTags },
];

interface NodeGroupOf {
  /** Name of the cluster. */
  readonly cluster: string;
  readonly group: Nodegroup;
}

async function groupsOf({ eks, environment }: Live): Promise<NodeGroupOf[]> {
  const ids = Object.entries(environment.clusters).filter(([, { compute }]) => compute.kind === "managed-nodes");
  const found: NodeGroupOf[] = [];
  for (const [id] of ids) {
    const cluster = clusterName(environment, id);
    const { nodegroups = [] } = await eks.send(new ListNodegroupsCommand({ clusterName: cluster }));
    for (const nodegroupName of nodegroups) {
      const asked = new DescribeNodegroupCommand({ clusterName: cluster, nodegroupName });
      const { nodegroup: group } = await eks.send(asked);
      if (group !== undefined) found.push({ cluster, group });
    }
  }
  assert.notEqual(found.length, 0);
  return found;
}

async function nodeGroups(live: Live): Promise<string> {
  const told = (await groupsOf(live)).map(({ group: { nodegroupName = "", subnets = [], scalingConfig, status } }) => {
    assert.equal(status, "ACTIVE");
    assert.ok(subnets.length >= 2, `${nodegroupName} has less than two subnets`);
    return `${nodegroupName} ${String(scalingConfig?.minSize)} to ${String(scalingConfig?.maxSize)}`;
  });
  return told.join(", ");
}

async function groupTags(live: Live): Promise<string> {
  const { awsUrl: endpoint, region } = live.servers;
  const scaling = new AutoScalingClient({ region, endpoint, credentials: CREDENTIALS });
  let found = 0;
  for (const { cluster, group } of await groupsOf(live)) {
    const names = group.resources?.autoScalingGroups?.flatMap(({ name }) => name ?? []) ?? [];
    const { AutoScalingGroups = [] } = await scaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: names }),
    );
    assert.notEqual(AutoScalingGroups.length, 0, `${String(group.nodegroupName)} has no Auto Scaling group`);
    for (const { Tags = [] } of AutoScalingGroups) {
      const keys = Tags.map(({ Key }) => Key);
      for (const tag of ["k8s.io/cluster-autoscaler/enabled", `k8s.io/cluster-autoscaler/${cluster}`])
        assert.ok(keys.includes(tag), `${String(group.nodegroupName)} has no tag ${tag}`);
      found += 1;
    }
  }
  return `${String(found)}, each tagged with its cluster`;
}
