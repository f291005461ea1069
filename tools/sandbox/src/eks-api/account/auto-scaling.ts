import {
  type AutoScalingClient,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  type MixedInstancesPolicy,
  UpdateAutoScalingGroupCommand,
} from "@aws-sdk/client-auto-scaling";

/** How many nodes. */
export interface Scaling {
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredSize: number;
}

/** What nodes are launched from. */
export interface LaunchSource {
  readonly launchTemplateId: string;
  readonly launchTemplateVersion: string;
  /** In order of preference; empty when the launch template names one. */
  readonly instanceTypes: readonly string[];
  readonly spot: boolean;
}

/** The Auto Scaling group that EKS makes for a node group. */
export interface AutoScalingGroup {
  readonly name: string;
  readonly subnetIds: readonly string[];
  readonly scaling: Scaling;
  readonly source: LaunchSource;
  readonly tags: Readonly<Record<string, string>>;
}

/** Auto Scaling groups of the local AWS. */
export class AutoScalingGroups {
  constructor(private readonly client: AutoScalingClient) {}

  async create(group: AutoScalingGroup): Promise<void> {
    await this.client.send(
      new CreateAutoScalingGroupCommand({
        AutoScalingGroupName: group.name,
        VPCZoneIdentifier: group.subnetIds.join(","),
        MixedInstancesPolicy: instancesPolicy(group.source),
        ...sizes(group.scaling),
        Tags: Object.entries(group.tags).map(([Key, Value]) => ({
          Key,
          Value,
          PropagateAtLaunch: true,
          ResourceId: group.name,
          ResourceType: "auto-scaling-group",
        })),
      }),
    );
  }

  /**
   * Nodes that the group wants now: what Cluster Autoscaler last asked of it, not what EKS did. Undefined when the group is gone.
   */
  async desiredSize(name: string): Promise<number | undefined> {
    const query = new DescribeAutoScalingGroupsCommand({ AutoScalingGroupNames: [name] });
    const { AutoScalingGroups } = await this.client.send(query);
    return AutoScalingGroups?.[0]?.DesiredCapacity;
  }

  /** Sends sizes and source together, as the local AWS forgets a source that an update does not repeat. */
  async update(name: string, scaling: Scaling, source: LaunchSource): Promise<void> {
    const MixedInstancesPolicy = instancesPolicy(source);
    await this.client.send(
      new UpdateAutoScalingGroupCommand({ AutoScalingGroupName: name, ...sizes(scaling), MixedInstancesPolicy }),
    );
  }

  /** Deletes the group and terminates what it launched. */
  async delete(name: string): Promise<void> {
    await this.client.send(new DeleteAutoScalingGroupCommand({ AutoScalingGroupName: name, ForceDelete: true }));
  }
}

function sizes({ minSize, maxSize, desiredSize }: Scaling) {
  return { MinSize: minSize, MaxSize: maxSize, DesiredCapacity: desiredSize };
}

function instancesPolicy(source: LaunchSource): MixedInstancesPolicy {
  return {
    LaunchTemplate: {
      LaunchTemplateSpecification: {
        LaunchTemplateId: source.launchTemplateId,
        Version: source.launchTemplateVersion,
      },
      Overrides: source.instanceTypes.map((InstanceType) => ({ InstanceType })),
    },
    InstancesDistribution: {
      OnDemandAllocationStrategy: "prioritized",
      OnDemandBaseCapacity: 0,
      OnDemandPercentageAboveBaseCapacity: source.spot ? 0 : 100,
      SpotAllocationStrategy: "capacity-optimized",
    },
  };
}
