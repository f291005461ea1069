import {
  DescribeInstancesCommand,
  _InstanceType as InstanceTypes,
  DescribeInstanceTypesCommand,
  type EC2Client,
  type Instance as DescribedInstance,
  type InstanceTypeInfo,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from "@aws-sdk/client-ec2";

/** A running instance. */
export interface Instance {
  readonly id: string;
  readonly type: string;
  readonly privateIp: string;
  readonly subnetId: string;
  /** Availability zone, e.g. ap-northeast-1a. */
  readonly zone: string;
}

/** What an instance type has. */
export interface InstanceType {
  readonly name: string;
  /** As Kubernetes calls it: amd64 or arm64. */
  readonly architecture: "amd64" | "arm64";
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly networkInterfaces: number;
  readonly addressesPerInterface: number;
}

/** What an instance is started with. */
export interface Launch {
  readonly type: string;
  readonly subnetId: string;
  readonly securityGroupId: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** Stands for EKS's own images, of which the local AWS has none. IAM asks whether an instance may be started from one. */
const IMAGE = "ami-00000000000000000";

/** Instances of the local AWS. */
export class Instances {
  readonly #types = new Map<string, InstanceType>();

  constructor(private readonly ec2: EC2Client) {}

  /** Those of `ids` that run, in no order. */
  async running(ids: readonly string[]): Promise<Instance[]> {
    if (ids.length === 0) return [];
    const Filters = [
      { Name: "instance-id", Values: [...ids] },
      { Name: "instance-state-name", Values: ["running"] },
    ];
    const { Reservations = [] } = await this.ec2.send(new DescribeInstancesCommand({ Filters }));
    return Reservations.flatMap((reservation) => reservation.Instances ?? []).map(instanceOf);
  }

  /** Starts one. */
  async launch({ type, subnetId, securityGroupId, tags }: Launch): Promise<Instance> {
    const { Instances: [started] = [] } = await this.ec2.send(
      new RunInstancesCommand({
        ImageId: IMAGE,
        InstanceType: Object.values(InstanceTypes).find((known) => known === type),
        MinCount: 1,
        MaxCount: 1,
        SubnetId: subnetId,
        SecurityGroupIds: [securityGroupId],
        TagSpecifications: [
          { ResourceType: "instance", Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
        ],
      }),
    );
    if (!started) throw new Error(`the local AWS started no ${type}`);
    return instanceOf(started);
  }

  async terminate(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.ec2.send(new TerminateInstancesCommand({ InstanceIds: [...ids] }));
  }

  /** @throws Error when the local AWS does not know the type */
  async type(name: string): Promise<InstanceType> {
    const known = this.#types.get(name);
    if (known) return known;
    const query = new DescribeInstanceTypesCommand({ Filters: [{ Name: "instance-type", Values: [name] }] });
    const described = (await this.ec2.send(query)).InstanceTypes?.find(({ InstanceType }) => InstanceType === name);
    if (!described) throw new Error(`the local AWS does not know the instance type "${name}"`);
    const type = typeOf(name, described);
    this.#types.set(name, type);
    return type;
  }
}

function instanceOf(instance: DescribedInstance): Instance {
  return {
    id: instance.InstanceId ?? "",
    type: instance.InstanceType ?? "",
    privateIp: instance.PrivateIpAddress ?? "",
    subnetId: instance.SubnetId ?? "",
    zone: instance.Placement?.AvailabilityZone ?? "",
  };
}

function typeOf(name: string, { VCpuInfo, MemoryInfo, NetworkInfo, ProcessorInfo }: InstanceTypeInfo): InstanceType {
  return {
    name,
    architecture: ProcessorInfo?.SupportedArchitectures?.includes("arm64") === true ? "arm64" : "amd64",
    vcpus: VCpuInfo?.DefaultVCpus ?? 0,
    memoryMiB: MemoryInfo?.SizeInMiB ?? 0,
    networkInterfaces: NetworkInfo?.MaximumNetworkInterfaces ?? 0,
    addressesPerInterface: NetworkInfo?.Ipv4AddressesPerInterface ?? 0,
  };
}
