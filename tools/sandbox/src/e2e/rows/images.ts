import assert from "node:assert/strict";
import { DescribeLaunchTemplateVersionsCommand } from "@aws-sdk/client-ec2";
import { kinds } from "../../controllers/kubernetes/kinds";
import { NODE_GROUP } from "../../nodes/node-group-node";
import { nodeConfigIn } from "../../nodes/node-config";
import { clustersOf, nodeGroupsOf, platformOf } from "./deployed";
import type { Live, Row } from "./row";

/** Nodes of an image of the company's own. */
export const images: readonly Row[] = [
  { id: "S3.7", what: "nodes of an own image: what their user data tells, and that they joined", look: ownImages },
];

async function ownImages(live: Live): Promise<string> {
  const clusters = await clustersOf(live);
  const { items: nodes } = await (await platformOf(live)).list(kinds.nodes);
  const told: string[] = [];
  for (const group of (await nodeGroupsOf(live)).filter(({ amiType }) => amiType === "CUSTOM")) {
    const { nodegroupName = "", launchTemplate, clusterName } = group;
    const { LaunchTemplateVersions: [version] = [] } = await live.ec2.send(
      new DescribeLaunchTemplateVersionsCommand({
        LaunchTemplateId: launchTemplate?.id ?? "",
        Versions: [launchTemplate?.version ?? ""],
      }),
    );
    const { ImageId = "", UserData = "" } = version?.LaunchTemplateData ?? {};
    const cluster = clusters.find(({ name }) => name === clusterName);
    assert.deepEqual(nodeConfigIn(UserData), {
      name: cluster?.name,
      apiServerEndpoint: cluster?.endpoint,
      certificateAuthority: cluster?.certificateAuthority?.data,
      cidr: cluster?.kubernetesNetworkConfig?.serviceIpv4Cidr,
    });
    const joined = nodes.filter(({ metadata }) => metadata.labels?.[NODE_GROUP] === nodegroupName);
    assert.notEqual(joined.length, 0, `no node of ${nodegroupName} joined`);
    told.push(
      `${nodegroupName}: ${ImageId}, name, endpoint, authority and service range; ${String(joined.length)} joined`,
    );
  }
  assert.notEqual(told.length, 0, "no group has an image of its own");
  return told.join("; ");
}
