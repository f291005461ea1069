import type { Context } from "../context";
import { type Call, get, post, remove } from "../http/route";
import { createNodegroup } from "./create";
import { createNodegroupRequest, updateNodegroupConfigRequest, updateNodegroupVersionRequest } from "./request";
import { updateNodegroupConfig, updateNodegroupVersion } from "./update";

/** The desired size is the Auto Scaling group's: Cluster Autoscaler changes it there, and EKS follows. */
async function describeNodegroup({ store, account }: Context, { parameter }: Call<"name" | "nodegroupName">) {
  const { nodegroup, autoScalingGroup } = store.clusters
    .get(parameter("name"))
    .nodegroups.get(parameter("nodegroupName"));
  const desiredSize = await account.autoScaling.desiredSize(autoScalingGroup);
  if (desiredSize === undefined) {
    const message = `The Auto Scaling group ${autoScalingGroup} is gone.`;
    const issues = [{ code: "AutoScalingGroupNotFound", message, resourceIds: [autoScalingGroup] }];
    return { nodegroup: { ...nodegroup, status: "DEGRADED", health: { issues } } };
  }
  return { nodegroup: { ...nodegroup, scalingConfig: { ...nodegroup.scalingConfig, desiredSize } } };
}

function listNodegroups({ store }: Context, { parameter }: Call<"name">) {
  return { nodegroups: store.clusters.get(parameter("name")).nodegroups.names() };
}

/** Deletes at once, with what EKS made for it in the account. */
async function deleteNodegroup({ store, account }: Context, { parameter }: Call<"name" | "nodegroupName">) {
  const { nodegroups } = store.clusters.get(parameter("name"));
  const { nodegroup, autoScalingGroup, ownLaunchTemplate } = nodegroups.get(parameter("nodegroupName"));
  await account.autoScaling.delete(autoScalingGroup);
  if (ownLaunchTemplate !== undefined) await account.launchTemplates.delete(ownLaunchTemplate);
  nodegroups.delete(nodegroup.nodegroupName);
  return { nodegroup: { ...nodegroup, status: "DELETING" } };
}

const PATH = "/clusters/{name}/node-groups";
const NODEGROUP = `${PATH}/{nodegroupName}` as const;

export const nodegroupRoutes = [
  post("CreateNodegroup", PATH, createNodegroupRequest, createNodegroup),
  get("ListNodegroups", PATH, listNodegroups),
  get("DescribeNodegroup", NODEGROUP, describeNodegroup),
  remove("DeleteNodegroup", NODEGROUP, deleteNodegroup),
  post("UpdateNodegroupVersion", `${NODEGROUP}/update-version`, updateNodegroupVersionRequest, updateNodegroupVersion),
  post("UpdateNodegroupConfig", `${NODEGROUP}/update-config`, updateNodegroupConfigRequest, updateNodegroupConfig),
];
