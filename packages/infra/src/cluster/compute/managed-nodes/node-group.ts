import { EksNodeGroup } from "@cdktf/provider-aws/lib/eks-node-group";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cluster } from "../../cluster";
import type { LiveCluster } from "../../live-cluster";
import type { Joined } from "../compute";
import { DEFAULT_AMI_TYPE, type NodeGroupSettings } from "./node-group-settings";
import { NodeTemplate } from "./node-template";
import { ScalingTags } from "./scaling-tags";
import { userData } from "./user-data";
import { nodeRelease } from "./versions";

export interface NodeGroupProps {
  /** Name of the group in its cluster. */
  readonly name: string;
  readonly settings: NodeGroupSettings;
  readonly cluster: Cluster;
  /** Name of the cluster, as its resource gives it. */
  readonly clusterName: string;
  readonly joined: Joined;
  readonly prefixDelegation: boolean;
  /** Kubernetes minor version of the nodes, which may be behind the cluster's. */
  readonly nodeVersion: string;
  readonly roleArn: string;
  readonly subnetIds: string[];
  /** Letter of its zone. @default it stands in several */
  readonly zone?: string;
  readonly volumeKeyArn: string;
  readonly live: LiveCluster;
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
    const { name, settings, cluster, clusterName, nodeVersion, roleArn, subnetIds, volumeKeyArn, live, dependsOn } =
      props;
    const { size, diskGiB } = settings;
    const template = new NodeTemplate(this, "template", {
      ...{ name: `${cluster.name}-${name}`, diskGiB, volumeKeyArn },
      ...{ userData: userData({ group: name, ...props }), imageId: settings.ami?.id },
    });

    const group = new EksNodeGroup(this, "group", {
      clusterName,
      nodeGroupName: name,
      ...imageOf(settings, nodeVersion),
      forceUpdateVersion: settings.forceUpdateVersion,
      nodeRoleArn: roleArn,
      subnetIds,
      capacityType: capacityTypes[settings.capacity],
      instanceTypes: settings.instanceTypes,
      launchTemplate: { id: template.templateId, version: template.version },
      scalingConfig: { minSize: size.min, desiredSize: size.desired, maxSize: size.max },
      updateConfig: { maxUnavailablePercentage: settings.maxUnavailablePercentage },
      labels: settings.labels,
      taint: taintsOf(settings),
      dependsOn,
      // Cluster Autoscaler moves it; an apply would take its nodes away.
      lifecycle: {
        ignoreChanges: ["scaling_config[0].desired_size"],
        precondition: [live.isNotBehind(nodeVersion)],
        postcondition: [holdsItsNodes(cluster, name, size)],
      },
    });
    new ScalingTags(this, "scaling", {
      cluster: cluster.name,
      nodeGroup: name,
      autoScalingGroupName: group.resources.get(0).autoscalingGroups.get(0).name,
      settings,
      zone: props.zone,
    });
    this.fqn = group.fqn;
  }
}

function taintsOf({ taints }: NodeGroupSettings) {
  return taints.map(({ key, value = "", effect }) => ({ key, value, effect: taintEffects[effect] }));
}

/** EKS's image, of a release. The launch template of a group with another names it, and EKS wants to hear nothing more of it. */
function imageOf(settings: NodeGroupSettings, version: string) {
  if (settings.ami !== undefined) return {};
  const { amiType = DEFAULT_AMI_TYPE } = settings;
  return { version, releaseVersion: nodeRelease(version, settings), amiType };
}

/**
 * EKS refuses a min above, or a max below, the number of nodes that a group has. That number is Cluster Autoscaler's, so Terraform does
 * not change it, and knows it already when it plans: docs/decisions/0017.
 */
function holdsItsNodes(cluster: Cluster, group: string, { min, max }: NodeGroupSettings["size"]) {
  const nodes = "self.scaling_config[0].desired_size";
  const inside = `\${max(${String(min)}, min(${String(max)}, ${nodes}))}`;
  const command = `aws eks update-nodegroup-config --cluster-name ${cluster.name} --nodegroup-name ${group} --scaling-config minSize=${String(min)},maxSize=${String(max)},desiredSize=${inside}`;
  return {
    condition: `\${${nodes} >= ${String(min)} && ${nodes} <= ${String(max)}}`,
    errorMessage: `Node group ${group} of ${cluster.name} has \${${nodes}} nodes now, and its size is to be ${String(min)} to ${String(max)}: EKS refuses that, and Terraform leaves the number of nodes to Cluster Autoscaler. Bring it inside first, then deploy: ${command}`,
  };
}
