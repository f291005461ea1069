import assert from "node:assert/strict";
import { AutoScalingClient, DescribeAutoScalingGroupsCommand } from "@aws-sdk/client-auto-scaling";
import { CREDENTIALS } from "../../variables";
import { nodeGroupsOf } from "./deployed";
import type { Live, Row } from "./row";

/** Nodes in groups that infra makes and the Cluster Autoscaler changes. */
export const managedNodes: readonly Row[] = [
  { id: "S2.1", what: "node groups that infra makes", look: nodeGroups },
  { id: "S2.6", what: "Auto Scaling groups that the Cluster Autoscaler finds by tag", look: groupTags },
];

async function nodeGroups(live: Live): Promise<string> {
  const told = (await nodeGroupsOf(live)).map(({ nodegroupName = "", subnets = [], scalingConfig, status }) => {
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
  for (const { clusterName = "", nodegroupName = "", resources } of await nodeGroupsOf(live)) {
    const names = resources?.autoScalingGroups?.flatMap(({ name }) => name ?? []) ?? [];
    const { AutoScalingGroups = [] } = await scaling.send(
      new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: names }),
    );
    assert.notEqual(AutoScalingGroups.length, 0, `${nodegroupName} has no Auto Scaling group`);
    for (const { Tags = [] } of AutoScalingGroups) {
      const keys = Tags.map(({ Key }) => Key);
      for (const tag of ["k8s.io/cluster-autoscaler/enabled", `k8s.io/cluster-autoscaler/${clusterName}`])
        assert.ok(keys.includes(tag), `${nodegroupName} has no tag ${tag}`);
      found += 1;
    }
  }
  return `${String(found)}, each tagged with its cluster`;
}
