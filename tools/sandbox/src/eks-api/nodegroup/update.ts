import type { Taint } from "@aws-sdk/client-eks";
import type { Context } from "../context";
import { invalid, refuse } from "../http/errors";
import type { Call } from "../http/route";
import type { StoredNodegroup } from "../store";
import { recordUpdate } from "../updates";
import { checkVersion } from "../versions";
import { releaseOf, scalingProblems, versionProblems } from "./check";
import { launchSource } from "./launch";
import type { UpdateNodegroupConfigBody, UpdateNodegroupVersionBody } from "./request";

type Update<Body> = Call<"name" | "nodegroupName", Body>;

/** A new Kubernetes version, image release or launch template version: what makes EKS replace the nodes. */
export async function updateNodegroupVersion(
  context: Context,
  { parameter, body }: Update<UpdateNodegroupVersionBody>,
) {
  const record = context.store.activeCluster(parameter("name"));
  const stored = record.nodegroups.get(parameter("nodegroupName"));
  const { nodegroup } = stored;
  const version = checkVersion(body.version ?? nodegroup.version);
  const isCustom = nodegroup.amiType === "CUSTOM";
  if (isCustom && (body.version ?? body.releaseVersion) !== undefined) {
    throw invalid("You cannot specify version or releaseVersion: the launch template names the image.");
  }
  refuse(versionProblems(version, body.releaseVersion, record.cluster.version));
  if (body.launchTemplate) await changeLaunchTemplate(context, stored, body.launchTemplate);
  if (!isCustom) Object.assign(nodegroup, { version, releaseVersion: body.releaseVersion ?? releaseOf(version) });
  nodegroup.modifiedAt = new Date();
  const params = [
    ["Version", body.version],
    ["ReleaseVersion", body.releaseVersion],
    ["LaunchTemplateName", body.launchTemplate && nodegroup.launchTemplate?.name],
    ["LaunchTemplateVersion", body.launchTemplate?.version],
  ] as const;
  return recordUpdate(record, "VersionUpdate", params, { nodegroupName: nodegroup.nodegroupName });
}

async function changeLaunchTemplate(
  { account }: Context,
  stored: StoredNodegroup,
  asked: NonNullable<UpdateNodegroupVersionBody["launchTemplate"]>,
): Promise<void> {
  const { nodegroup, autoScalingGroup } = stored;
  const current = nodegroup.launchTemplate;
  if (!current)
    throw invalid(`Node group ${nodegroup.nodegroupName} was created without a launch template, and cannot get one.`);
  const template = await account.launchTemplates.version(asked);
  if (template.id !== current.id) {
    throw invalid(
      `Node group ${nodegroup.nodegroupName} was created from launch template ${current.name ?? ""}; only its version can change.`,
    );
  }
  if ((template.data.ImageId === undefined) === (nodegroup.amiType === "CUSTOM")) {
    throw invalid("A launch template version with an image and one without cannot follow each other.");
  }
  stored.source = launchSource(template, stored.source.instanceTypes, nodegroup.capacityType);
  const desiredSize = await desiredSizeOf(account, stored);
  await account.autoScaling.update(autoScalingGroup, { ...nodegroup.scalingConfig, desiredSize }, stored.source);
  nodegroup.launchTemplate = { id: template.id, name: template.name, version: asked.version ?? template.version };
  nodegroup.releaseVersion = template.data.ImageId ?? nodegroup.releaseVersion;
}

/** Sizes, update and repair settings; labels and taints as differences to what there is. */
export async function updateNodegroupConfig(context: Context, { parameter, body }: Update<UpdateNodegroupConfigBody>) {
  const record = context.store.activeCluster(parameter("name"));
  const stored = record.nodegroups.get(parameter("nodegroupName"));
  const { nodegroup } = stored;
  if (body.scalingConfig) await changeScaling(context, stored, body.scalingConfig);
  nodegroup.labels = changeLabels(nodegroup.labels, body.labels);
  nodegroup.taints = changeTaints(nodegroup.taints, body.taints);
  nodegroup.updateConfig = body.updateConfig ?? nodegroup.updateConfig;
  nodegroup.nodeRepairConfig = body.nodeRepairConfig ?? nodegroup.nodeRepairConfig;
  nodegroup.modifiedAt = new Date();
  const params = [
    ["MinSize", body.scalingConfig?.minSize],
    ["MaxSize", body.scalingConfig?.maxSize],
    ["DesiredSize", body.scalingConfig?.desiredSize],
    ["LabelsToAdd", body.labels?.addOrUpdateLabels],
    ["LabelsToRemove", body.labels?.removeLabels],
    ["TaintsToAdd", body.taints?.addOrUpdateTaints],
    ["TaintsToRemove", body.taints?.removeTaints],
    ["MaxUnavailable", body.updateConfig?.maxUnavailable],
    ["MaxUnavailablePercentage", body.updateConfig?.maxUnavailablePercentage],
    ["NodeRepairConfig", body.nodeRepairConfig],
  ] as const;
  return recordUpdate(record, "ConfigUpdate", params, { nodegroupName: nodegroup.nodegroupName });
}

async function changeScaling(
  { account }: Context,
  stored: StoredNodegroup,
  asked: NonNullable<UpdateNodegroupConfigBody["scalingConfig"]>,
): Promise<void> {
  const { nodegroup, autoScalingGroup, source } = stored;
  const current = nodegroup.scalingConfig;
  const scaling = {
    minSize: asked.minSize ?? current.minSize,
    maxSize: asked.maxSize ?? current.maxSize,
    desiredSize: asked.desiredSize ?? (await desiredSizeOf(account, stored)),
  };
  refuse(scalingProblems(scaling));
  await account.autoScaling.update(autoScalingGroup, scaling, source);
  nodegroup.scalingConfig = scaling;
}

/** It is the Auto Scaling group's: whoever scaled last did it there. */
async function desiredSizeOf(
  { autoScaling }: Context["account"],
  { nodegroup, autoScalingGroup }: StoredNodegroup,
): Promise<number> {
  return (await autoScaling.desiredSize(autoScalingGroup)) ?? nodegroup.scalingConfig.desiredSize;
}

function changeLabels(current: Record<string, string> | undefined, change: UpdateNodegroupConfigBody["labels"]) {
  const removed = new Set(change?.removeLabels);
  const kept = Object.entries({ ...current, ...change?.addOrUpdateLabels }).filter(([key]) => !removed.has(key));
  return Object.fromEntries(kept);
}

/** A taint is known by key and effect: the same key may come with several effects. */
function changeTaints(current: Taint[] | undefined, change: UpdateNodegroupConfigBody["taints"]): Taint[] | undefined {
  if (!change) return current;
  const { addOrUpdateTaints = [], removeTaints = [] } = change;
  const identity = ({ key, effect }: Taint) => `${key ?? ""}:${effect ?? ""}`;
  const gone = new Set([...addOrUpdateTaints, ...removeTaints].map(identity));
  return [...(current ?? []).filter((taint) => !gone.has(identity(taint))), ...addOrUpdateTaints];
}
