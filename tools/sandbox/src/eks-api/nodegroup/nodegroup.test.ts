import {
  CreateNodegroupCommand,
  type CreateNodegroupCommandInput,
  DeleteNodegroupCommand,
  DescribeAccessEntryCommand,
  DescribeNodegroupCommand,
  ListNodegroupsCommand,
} from "@aws-sdk/client-eks";
import { kubernetesVersion } from "@demarc/shared/environment";
import { makeCluster, type Running, startInProcess } from "../testing/in-process";
import { PRIVATE_SUBNETS, roleArn } from "../testing/memory-account";

const GENERAL = { clusterName: "dev", nodegroupName: "general" };

let running: Running;

beforeEach(async () => {
  running = await startInProcess();
  await makeCluster(running, "dev", { version: "1.34" });
});

afterEach(async () => {
  await running.stop();
});

async function create(more: Partial<CreateNodegroupCommandInput> = {}) {
  const input = { ...GENERAL, nodeRole: roleArn("nodes"), subnets: PRIVATE_SUBNETS, ...more };
  return (await running.eks.send(new CreateNodegroupCommand(input))).nodegroup;
}

const describeGeneral = async () => (await running.eks.send(new DescribeNodegroupCommand(GENERAL))).nodegroup;

const groups = () => [...running.account.autoScalingGroups.values()];

describe("a new node group", () => {
  it("gets what it did not ask for as EKS gives it", async () => {
    await create();
    const nodegroup = await describeGeneral();
    expect(nodegroup).toMatchObject({
      status: "ACTIVE",
      version: "1.34",
      releaseVersion: kubernetesVersion("1.34").nodeReleases[0].version,
      amiType: "AL2023_x86_64_STANDARD",
      capacityType: "ON_DEMAND",
      instanceTypes: ["t3.medium"],
      diskSize: 20,
      scalingConfig: { minSize: 1, maxSize: 2, desiredSize: 2 },
      updateConfig: { maxUnavailable: 1 },
      labels: {},
      tags: {},
    });
    for (const unasked of ["launchTemplate", "remoteAccess", "taints", "nodeRepairConfig"]) {
      expect(nodegroup).not.toHaveProperty(unasked);
    }
  });

  it("has an Auto Scaling group that Cluster Autoscaler finds, from a launch template of EKS's own", async () => {
    const nodegroup = await create({ scalingConfig: { minSize: 0, maxSize: 3, desiredSize: 1 } });
    const [group] = groups();
    expect(nodegroup?.resources?.autoScalingGroups).toEqual([{ name: group?.name }]);
    expect(group).toMatchObject({
      subnetIds: PRIVATE_SUBNETS,
      scaling: { minSize: 0, maxSize: 3, desiredSize: 1 },
      source: { launchTemplateId: [...running.account.ownTemplates][0], instanceTypes: ["t3.medium"], spot: false },
      tags: {
        "eks:cluster-name": "dev",
        "eks:nodegroup-name": "general",
        "k8s.io/cluster-autoscaler/enabled": "true",
        "k8s.io/cluster-autoscaler/dev": "owned",
        "kubernetes.io/cluster/dev": "owned",
      },
    });
  });

  it("launches from its own template, whose version it repeats as it was asked for", async () => {
    const nodegroup = await create({ launchTemplate: { id: "lt-plain", version: "$Latest" }, capacityType: "SPOT" });
    expect(nodegroup).toMatchObject({ launchTemplate: { id: "lt-plain", name: "lt-plain-name", version: "$Latest" } });
    expect(nodegroup).not.toHaveProperty("diskSize");
    expect(groups()).toMatchObject([
      { source: { launchTemplateId: "lt-plain", launchTemplateVersion: "2", spot: true } },
    ]);
    expect(running.account.ownTemplates.size).toBe(0);
  });

  it("is CUSTOM, of the image's release, when its template names an image", async () => {
    expect(await create({ launchTemplate: { id: "lt-image" } })).toMatchObject({
      amiType: "CUSTOM",
      releaseVersion: "ami-1",
      launchTemplate: { version: "1" },
    });
    // As it is: EKS merges its own user data into that of its own images only.
    expect(groups()).toMatchObject([{ source: { userData: "b3du" } }]);
  });

  it("lets its nodes in, and two node groups of one role too", async () => {
    await create();
    await create({ nodegroupName: "batch" });
    const entry = { clusterName: "dev", principalArn: roleArn("nodes") };
    const { accessEntry } = await running.eks.send(new DescribeAccessEntryCommand(entry));
    expect(accessEntry).toMatchObject({ type: "EC2_LINUX", kubernetesGroups: ["system:nodes"] });
  });

  it.each<[string, Partial<CreateNodegroupCommandInput>]>([
    [
      "Minimum capacity 3 can't be greater than desired size 2",
      { scalingConfig: { minSize: 3, maxSize: 4, desiredSize: 2 } },
    ],
    [
      "desired capacity 5 can't be greater than max size 4",
      { scalingConfig: { minSize: 3, maxSize: 4, desiredSize: 5 } },
    ],
    ["Role arn:aws:iam::123456789012:role/missing was not found.", { nodeRole: roleArn("missing") }],
    ["The subnet subnet-elsewhere-c could not be found in vpc-main.", { subnets: ["subnet-elsewhere-c"] }],
    ["instance types do not exist: [m99.large, m99.metal]", { instanceTypes: ["m6i.large", "m99.large", "m99.metal"] }],
    ["cannot join a cluster of version 1.34", { version: "1.35" }],
    ["release version 1.34.0-20260101 is not valid", { releaseVersion: "1.34.0-20260101" }],
    ["needs one of maxUnavailable and", { updateConfig: { maxUnavailable: 1, maxUnavailablePercentage: 10 } }],
    ["reserved prefixes", { labels: { "kubernetes.io/role": "general" } }],
    ["Could not find version 9 of lt-plain", { launchTemplate: { id: "lt-plain", version: "9" } }],
    ["needs one of id and name", { launchTemplate: { version: "1" } }],
    ["must not set an IAM instance profile", { launchTemplate: { id: "lt-wrong" } }],
    ["must not set a subnet", { launchTemplate: { id: "lt-wrong" } }],
    ["Disk size must be specified within the launch template", { launchTemplate: { id: "lt-plain" }, diskSize: 50 }],
    ["Remote access", { launchTemplate: { id: "lt-plain" }, remoteAccess: { ec2SshKey: "key" } }],
    ["not in both", { launchTemplate: { id: "lt-typed" }, instanceTypes: ["m6i.large"] }],
    ["With an image in the launch template", { launchTemplate: { id: "lt-image" }, amiType: "AL2023_x86_64_STANDARD" }],
    ["amiType CUSTOM needs an image", { launchTemplate: { id: "lt-plain" }, amiType: "CUSTOM" }],
  ])("is refused: %s", async (message, more) => {
    await expect(create(more)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining(message),
    });
    expect(groups()).toEqual([]);
  });

  it("is refused when its name is taken, or its cluster missing", async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ name: "ResourceInUseException" });
    await expect(create({ clusterName: "none" })).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    expect(groups()).toHaveLength(1);
  });

  it("leaves nothing behind when the local AWS refuses its Auto Scaling group", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    await expect(create({ instanceTypes: ["none.such"] })).rejects.toThrow("no such instance type");
    expect(running.account.ownTemplates.size).toBe(0);
    expect((await running.eks.send(new ListNodegroupsCommand(GENERAL))).nodegroups).toEqual([]);
  });
});

it("goes with all that EKS made for it", async () => {
  await create();
  await running.eks.send(new DeleteNodegroupCommand(GENERAL));
  expect(groups()).toEqual([]);
  expect(running.account.ownTemplates.size).toBe(0);
  await expect(describeGeneral()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

it("is DEGRADED, and says why, when somebody deleted its Auto Scaling group", async () => {
  await create();
  running.account.autoScalingGroups.clear();
  expect(await describeGeneral()).toMatchObject({
    status: "DEGRADED",
    health: { issues: [{ code: "AutoScalingGroupNotFound" }] },
  });
});
