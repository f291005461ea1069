import {
  type AutoScalingClient,
  type AutoScalingGroup as DescribedGroup,
  CreateAutoScalingGroupCommand,
  DeleteAutoScalingGroupCommand,
  DescribeAutoScalingGroupsCommand,
  type Filter,
  type MixedInstancesPolicy,
  paginateDescribeAutoScalingGroups,
  SetDesiredCapacityCommand,
  TerminateInstanceInAutoScalingGroupCommand,
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
  /** Size of the root volume. */
  readonly diskGib: number;
  /** User data in base64, where the launch template names an image: EKS adds nothing to it. @default EKS's own, for its own image */
  readonly userData?: string;
}

/** The Auto Scaling group that EKS makes for a node group. */
export interface AutoScalingGroup {
  readonly name: string;
  readonly subnetIds: readonly string[];
  readonly scaling: Scaling;
  readonly source: LaunchSource;
  readonly tags: Readonly<Record<string, string>>;
}

/** An Auto Scaling group as it is now. */
export interface GroupState {
  readonly name: string;
  readonly scaling: Scaling;
  /** Availability zones, such as ap-northeast-1a. */
  readonly zones: readonly string[];
  /** In order of preference; empty when the launch template names one. */
  readonly instanceTypes: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Ids of the instances that it has. */
  readonly instances: readonly string[];
}

/** Auto Scaling groups of the local AWS. */
export class AutoScalingGroups {
  /** @param client with the rights of whoever asks */
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

  /** Those of `names` that exist, in no order. */
  async groups(names: readonly string[]): Promise<GroupState[]> {
    return names.length === 0 ? [] : this.#describe({ AutoScalingGroupNames: [...names] });
  }

  /** The groups that have all of these tags, whatever their values. */
  async tagged(keys: readonly string[]): Promise<GroupState[]> {
    return this.#describe({ Filters: keys.map((key) => ({ Name: "tag-key", Values: [key] })) });
  }

  /** Sets how many instances the group wants, and nothing else. */
  async setDesiredSize(name: string, desiredSize: number): Promise<void> {
    await this.client.send(
      new SetDesiredCapacityCommand({ AutoScalingGroupName: name, DesiredCapacity: desiredSize, HonorCooldown: false }),
    );
  }

  /** Terminates one instance of a group, which wants one less from then on. */
  async terminate(instanceId: string): Promise<void> {
    await this.client.send(
      new TerminateInstanceInAutoScalingGroupCommand({ InstanceId: instanceId, ShouldDecrementDesiredCapacity: true }),
    );
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

  async #describe(which: { AutoScalingGroupNames?: string[]; Filters?: Filter[] }): Promise<GroupState[]> {
    const groups: GroupState[] = [];
    for await (const page of paginateDescribeAutoScalingGroups({ client: this.client }, which)) {
      groups.push(...(page.AutoScalingGroups ?? []).map(stateOf));
    }
    return groups;
  }
}

function stateOf(group: DescribedGroup): GroupState {
  const overrides = group.MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? [];
  return {
    name: group.AutoScalingGroupName ?? "",
    scaling: { minSize: group.MinSize ?? 0, maxSize: group.MaxSize ?? 0, desiredSize: group.DesiredCapacity ?? 0 },
    zones: group.AvailabilityZones ?? [],
    instanceTypes: overrides.flatMap(({ InstanceType }) => InstanceType ?? []),
    tags: Object.fromEntries((group.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
    instances: (group.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []),
  };
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
