import { AutoscalingGroupTagA } from "@cdktf/provider-aws/lib/autoscaling-group-tag";
import { chosenId, WorkspaceStack } from "@demarc/shared/stack";
import { Construct } from "constructs";
import type { NodeGroupSettings } from "./node-group-settings";

export interface ScalingTagsProps {
  readonly cluster: string;
  /** Name of the node group. */
  readonly nodeGroup: string;
  readonly autoScalingGroupName: string;
  readonly settings: NodeGroupSettings;
  /** Letter of its availability zone, where the group stands in one. */
  readonly zone: string | undefined;
}

const PREFIX = "k8s.io/cluster-autoscaler";
const NODE = `${PREFIX}/node-template`;

/**
 * The tags by which Cluster Autoscaler finds a group, and learns what a node of it would be while there is none to look at.
 */
export class ScalingTags extends Construct {
  constructor(scope: Construct, id: string, props: ScalingTagsProps) {
    super(scope, id);
    const { region } = WorkspaceStack.of(this).environment;
    for (const [key, value] of Object.entries({ ...discovery(props), ...nodeTemplate(props, region) })) {
      new AutoscalingGroupTagA(this, chosenId("tag", key), {
        autoscalingGroupName: props.autoScalingGroupName,
        // They tell of the group; a node has its labels and taints itself.
        tag: { key, value, propagateAtLaunch: false },
      });
    }
  }
}

function discovery({ cluster }: ScalingTagsProps): Record<string, string> {
  return { [`${PREFIX}/enabled`]: "true", [`${PREFIX}/${cluster}`]: "owned" };
}

function nodeTemplate({ nodeGroup, settings, zone }: ScalingTagsProps, region: string): Record<string, string> {
  const labels = {
    "eks.amazonaws.com/nodegroup": nodeGroup,
    "eks.amazonaws.com/capacityType": settings.capacity === "spot" ? "SPOT" : "ON_DEMAND",
    // A node gets it from the EBS CSI driver: a group without nodes must say where a volume could be mounted.
    ...(zone === undefined ? {} : { "topology.ebs.csi.aws.com/zone": `${region}${zone}` }),
    ...settings.labels,
  };
  const tags = new Map([[`${NODE}/resources/ephemeral-storage`, `${String(settings.diskGiB)}Gi`]]);
  for (const [key, value] of Object.entries(labels)) tags.set(`${NODE}/label/${key}`, value);
  for (const { key, value = "", effect } of settings.taints) {
    tags.set(`${NODE}/taint/${key}`, `${value}:${effect}`);
  }
  return Object.fromEntries(tags);
}
