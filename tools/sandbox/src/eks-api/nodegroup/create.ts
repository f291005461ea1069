import { randomUUID } from "node:crypto";
import { grantNodes } from "../access/automatic";
import { type LaunchTemplate, rootVolume } from "../account/launch-templates";
import { type Context, objectArn } from "../context";
import { refuse } from "../http/errors";
import type { Call } from "../http/route";
import type { ClusterRecord, StoredNodegroup } from "../store";
import { checkVersion } from "../versions";
import { instanceTypeProblems, placementProblems, releaseOf, scalingProblems, versionProblems } from "./check";
import { instanceTypesOf, launchSource, templateProblems } from "./launch";
import type { CreateNodegroupBody } from "./request";

/** GiB of a node's root volume when neither request nor launch template says. */
const DEFAULT_DISK_SIZE = 20;

/** Answers an ACTIVE node group, whose Auto Scaling group exists. */
export async function createNodegroup(context: Context, { parameter, body }: Call<"name", CreateNodegroupBody>) {
  const record = context.store.activeCluster(parameter("name"));
  record.nodegroups.checkFree(body.nodegroupName);
  const template = body.launchTemplate && (await context.account.launchTemplates.version(body.launchTemplate));
  refuse([
    ...scalingProblems(scalingOf(body)),
    ...versionProblems(
      checkVersion(body.version ?? record.cluster.version),
      body.releaseVersion,
      record.cluster.version,
    ),
    ...(template ? templateProblems(body, template) : []),
    ...(await placementProblems(context, record, body)),
    ...(await instanceTypeProblems(context, body.instanceTypes ?? [])),
  ]);
  const stored = await launch(context, record, newNodegroup(context, record, body, template), template);
  const type = stored.nodegroup.amiType?.startsWith("WINDOWS") ? "EC2_WINDOWS" : "EC2_LINUX";
  grantNodes(context, record, body.nodeRole, type);
  return { nodegroup: stored.nodegroup };
}

function scalingOf({ scalingConfig }: CreateNodegroupBody) {
  const { minSize = 1, maxSize = 2, desiredSize = 2 } = scalingConfig ?? {};
  return { minSize, maxSize, desiredSize };
}

type NewNodegroup = StoredNodegroup["nodegroup"];

function newNodegroup(
  context: Context,
  { cluster }: ClusterRecord,
  body: CreateNodegroupBody,
  template: LaunchTemplate | undefined,
): NewNodegroup {
  const { nodegroupName, nodeRole, subnets, taints, nodeRepairConfig, remoteAccess } = body;
  const { version = cluster.version, labels = {}, tags = {}, capacityType = "ON_DEMAND" } = body;
  const image = template?.data.ImageId;
  const instanceTypes = instanceTypesOf(body, template);
  return {
    nodegroupName,
    nodegroupArn: `${objectArn(context, "nodegroup", cluster.name, nodegroupName)}/${randomUUID()}`,
    clusterName: cluster.name,
    version,
    releaseVersion: image ?? body.releaseVersion ?? releaseOf(version),
    createdAt: new Date(),
    modifiedAt: new Date(),
    status: "ACTIVE",
    capacityType,
    scalingConfig: scalingOf(body),
    amiType: image === undefined ? (body.amiType ?? "AL2023_x86_64_STANDARD") : "CUSTOM",
    nodeRole,
    subnets,
    labels,
    taints,
    updateConfig: body.updateConfig ?? { maxUnavailable: 1 },
    nodeRepairConfig,
    remoteAccess,
    health: { issues: [] },
    tags,
    ...(instanceTypes.length > 0 && { instanceTypes }),
    ...(template
      ? // The literal that was asked for: a resolved $Latest is a change in every plan.
        {
          launchTemplate: {
            id: template.id,
            name: template.name,
            version: body.launchTemplate?.version ?? template.version,
          },
        }
      : { diskSize: body.diskSize ?? DEFAULT_DISK_SIZE }),
  };
}

/** Makes what EKS makes in the account for a node group; leaves nothing behind when that fails. */
async function launch(
  { account }: Context,
  { cluster, nodegroups }: ClusterRecord,
  nodegroup: NewNodegroup,
  template: LaunchTemplate | undefined,
): Promise<StoredNodegroup> {
  const { nodegroupName, diskSize = DEFAULT_DISK_SIZE, instanceTypes = [], capacityType, subnets } = nodegroup;
  const suffix = randomUUID();
  const name = `eks-${nodegroupName}-${suffix}`;
  const identity = { "eks:cluster-name": cluster.name, "eks:nodegroup-name": nodegroupName };
  const own = template ? undefined : await account.launchTemplates.create(`eks-${suffix}`, diskSize, identity);
  const source = launchSource(
    template ?? { id: own ?? "", version: "1", data: rootVolume(diskSize) },
    instanceTypes,
    capacityType,
  );
  try {
    const tags = { ...identity, ...autoscalerTags(cluster.name) };
    await account.autoScaling.create({ name, subnetIds: subnets, scaling: nodegroup.scalingConfig, source, tags });
    nodegroup.resources = { autoScalingGroups: [{ name }] };
    const stored = { nodegroup, autoScalingGroup: name, source, ownLaunchTemplate: own };
    nodegroups.add(nodegroupName, stored);
    return stored;
  } catch (fault) {
    if (own !== undefined) await account.launchTemplates.delete(own);
    throw fault;
  }
}

/** By these Cluster Autoscaler finds the group and may write it. */
function autoscalerTags(clusterName: string) {
  return {
    "k8s.io/cluster-autoscaler/enabled": "true",
    [`k8s.io/cluster-autoscaler/${clusterName}`]: "owned",
    [`kubernetes.io/cluster/${clusterName}`]: "owned",
  };
}
