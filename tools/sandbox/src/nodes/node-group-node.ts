import type { TaintEffect } from "@aws-sdk/client-eks";
import type { Written } from "../controllers/kubernetes/client";
import type { Node } from "../controllers/kubernetes/kinds";
import type { Instance, InstanceType } from "../eks-api/account/instances";
import { kubeletOf, releaseOf } from "../eks-api/nodegroup/check";
import type { StoredNodegroup } from "../eks-api/store";
import { allocatableOf, capacityOf } from "./capacity";
import { nodeObject, privateDnsName, type Taint } from "./node";

export const NODE_GROUP = "eks.amazonaws.com/nodegroup";
const IMAGE = "eks.amazonaws.com/nodegroup-image";
const TEMPLATE = "eks.amazonaws.com/sourceLaunchTemplateId";
const TEMPLATE_VERSION = "eks.amazonaws.com/sourceLaunchTemplateVersion";

const EFFECTS: Readonly<Record<TaintEffect, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

/** An instance of a node group. */
export interface Member {
  readonly stored: StoredNodegroup;
  readonly instance: Instance;
}

export function providerIdOf({ zone, id }: Instance): string {
  return `aws:///${zone}/${id}`;
}

/** The node of an instance, as EKS's own user data has its kubelet register it. */
export function nodeGroupNode(
  { stored, instance }: Member,
  region: string,
  type: InstanceType,
  podCidr: string,
): Written {
  return nodeObject({
    name: privateDnsName(instance.privateIp, region),
    region,
    zone: instance.zone,
    architecture: type.architecture,
    instanceType: type.name,
    privateIp: instance.privateIp,
    providerId: providerIdOf(instance),
    podCidr,
    labels: { ...sourceLabels(stored), ...stored.nodegroup.labels },
    taints: taintsOf(stored),
    capacity: capacityOf(type, stored.source.diskGib),
    allocatable: allocatableOf(type, stored.source.diskGib),
    kubeletVersion: kubeletOf(releaseOfNodes(stored)),
  });
}

/** The image of a launch template has no release that is known here. */
function releaseOfNodes({ nodegroup: { amiType, releaseVersion, version } }: StoredNodegroup): string {
  return amiType === "CUSTOM" || releaseVersion === undefined ? releaseOf(version) : releaseVersion;
}

/** Whether a node was started from another image or launch template version than its group has by now. */
export function isOutdated({ metadata }: Node, stored: StoredNodegroup): boolean {
  const current = sourceLabels(stored);
  return [IMAGE, TEMPLATE_VERSION].some((label) => metadata.labels?.[label] !== current[label]);
}

/** A node group's own taints, as Kubernetes writes them. */
export function taintsOf({ nodegroup }: StoredNodegroup): Taint[] {
  return (nodegroup.taints ?? []).map(({ key = "", value = "", effect = "NO_SCHEDULE" }) => ({
    key,
    ...(value !== "" && { value }),
    effect: EFFECTS[effect],
  }));
}

function sourceLabels({ nodegroup, source }: StoredNodegroup): Record<string, string> {
  const { nodegroupName, capacityType = "ON_DEMAND", releaseVersion = "", launchTemplate } = nodegroup;
  return {
    [NODE_GROUP]: nodegroupName,
    "eks.amazonaws.com/capacityType": capacityType,
    // The image's id is on real nodes. The sandbox has images only where a launch template names one.
    [IMAGE]: releaseVersion,
    ...(launchTemplate && {
      [TEMPLATE]: source.launchTemplateId,
      [TEMPLATE_VERSION]: source.launchTemplateVersion,
    }),
  };
}
