import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cluster } from "./clusters";
import type { NodeGroupSettings } from "./node-group-settings";
import { NodeTemplate } from "./node-template";
import { ScalingTags } from "./scaling-tags";
import { nodeRelease } from "./versions";

export interface NodeGroupProps {
  /** Name of the group in its cluster. */
  readonly name: string;
  readonly settings: NodeGroupSettings;
  readonly cluster: Cluster;
  /** Name of the cluster, as its resource gives it. */
  readonly clusterName: string;
  readonly roleArn: string;
  readonly subnetIds: string[];
  readonly volumeKeyArn: string;
  /** What a node needs to become ready. */
  readonly dependsOn: ITerraformDependable[];
}

const capacityTypes = { "on-demand": "ON_DEMAND", spot: "SPOT" } as const;

/** Effects as the EKS API spells them. */
const taintEffects = {
  NoSchedule: "NO_SCHEDULE",
  PreferNoSchedule: "PREFER_NO_SCHEDULE",
  NoExecute: "NO_EXECUTE",
} as const;

/**
 * A managed node group that Cluster Autoscaler may scale, from zero too. It has a fixed name and is never created before it
 * is destroyed: that would spread to the launch template, whose name is taken. What cannot change in place is a new group.
 */
export class NodeGroup extends Construct implements ITerraformDependable {
  readonly fqn: string;

  constructor(scope: Construct, id: string, props: NodeGroupProps) {
    super(scope, id);
    const { name, settings, cluster, clusterName, roleArn, subnetIds, volumeKeyArn, dependsOn } = props;
    const { size, taints } = settings;
    const template = new NodeTemplate(this, "template", {
      name: `${cluster.name}-${name}`,
      diskGiB: settings.diskGiB,
      volumeKeyArn,
    });

    const group = new EksNodeGroup(this, "group", {
      clusterName,
      nodeGroupName: name,
      version: cluster.nodeVersion,
      releaseVersion: nodeRelease(cluster.nodeVersion, settings),
      forceUpdateVersion: settings.forceUpdateVersion,
      nodeRoleArn: roleArn,
      subnetIds,
      amiType: settings.amiType,
      capacityType: capacityTypes[settings.capacity],
      instanceTypes: settings.instanceTypes,
      launchTemplate: { id: template.templateId, version: template.version },
      scalingConfig: { minSize: size.min, desiredSize: size.desired, maxSize: size.max },
      updateConfig: { maxUnavailablePercentage: settings.maxUnavailablePercentage },
      labels: settings.labels,
      taint: taints.map(({ key, value = "", effect }) => ({ key, value, effect: taintEffects[effect] })),
      dependsOn,
      // Cluster Autoscaler moves it; an apply would take its nodes away.
      lifecycle: { ignoreChanges: ["scaling_config[0].desired_size"] },
    });
    new ScalingTags(this, "scaling", {
      cluster: cluster.name,
      nodeGroup: name,
      autoScalingGroupName: group.resources.get(0).autoscalingGroups.get(0).name,
      settings,
    });
    this.fqn = group.fqn;
  }
}
