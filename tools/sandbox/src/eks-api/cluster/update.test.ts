import {
  AssociateEncryptionConfigCommand,
  DescribeClusterCommand,
  DescribeUpdateCommand,
  ListAccessEntriesCommand,
  type UpdateClusterConfigCommandInput,
  UpdateClusterConfigCommand,
  UpdateClusterVersionCommand,
} from "@aws-sdk/client-eks";
import { makeCluster, type Running, startInProcess } from "../testing/in-process";
import { PRIVATE_SUBNETS, roleArn, SECURITY_GROUP } from "../testing/memory-account";

let running: Running;

beforeEach(async () => {
  running = await startInProcess();
});

afterEach(async () => {
  await running.stop();
});

const describeCluster = async () => (await running.eks.send(new DescribeClusterCommand({ name: "dev" }))).cluster;

async function configure(change: Omit<UpdateClusterConfigCommandInput, "name">) {
  const { update } = await running.eks.send(new UpdateClusterConfigCommand({ name: "dev", ...change }));
  return running.eks.send(new DescribeUpdateCommand({ name: "dev", updateId: update?.id }));
}

describe("the version", () => {
  const upgrade = (version: string) => running.eks.send(new UpdateClusterVersionCommand({ name: "dev", version }));

  it("goes up one minor at a time, as an update that has succeeded", async () => {
    await makeCluster(running, "dev", { version: "1.34" });
    const { update } = await upgrade("1.35");
    const described = await running.eks.send(new DescribeUpdateCommand({ name: "dev", updateId: update?.id }));
    expect(described.update).toMatchObject({ type: "VersionUpdate", status: "Successful" });
    expect(await describeCluster()).toMatchObject({ version: "1.35" });
  });

  it.each(["1.36", "1.34"])("neither skips a minor nor goes down or stays: 1.34 to %s", async (version) => {
    await makeCluster(running, "dev", { version: "1.34" });
    await expect(upgrade(version)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: `Unsupported Kubernetes minor version update from 1.34 to ${version}`,
    });
  });
});

describe("the configuration", () => {
  it.each<[string, Omit<UpdateClusterConfigCommandInput, "name">, object]>([
    [
      "AccessConfigUpdate",
      { accessConfig: { authenticationMode: "API" } },
      { accessConfig: { authenticationMode: "API" } },
    ],
    [
      "UpgradePolicyUpdate",
      { upgradePolicy: { supportType: "STANDARD" } },
      { upgradePolicy: { supportType: "STANDARD" } },
    ],
    ["ZonalShiftConfigUpdate", { zonalShiftConfig: { enabled: true } }, { zonalShiftConfig: { enabled: true } }],
    [
      "EndpointAccessUpdate",
      { resourcesVpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false } },
      { resourcesVpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false } },
    ],
    [
      "VpcConfigUpdate",
      { resourcesVpcConfig: { securityGroupIds: [SECURITY_GROUP] } },
      { resourcesVpcConfig: { securityGroupIds: [SECURITY_GROUP], subnetIds: PRIVATE_SUBNETS, vpcId: "vpc-main" } },
    ],
    [
      "VpcConfigUpdate",
      { resourcesVpcConfig: { subnetIds: ["subnet-public-a", "subnet-private-c"] } },
      { resourcesVpcConfig: { subnetIds: ["subnet-public-a", "subnet-private-c"], securityGroupIds: [] } },
    ],
    [
      "AutoModeUpdate",
      {
        computeConfig: { enabled: true, nodePools: ["system"], nodeRoleArn: roleArn("nodes") },
        storageConfig: { blockStorage: { enabled: true } },
        kubernetesNetworkConfig: {
          ipFamily: "ipv4",
          serviceIpv4Cidr: "172.20.0.0/16",
          elasticLoadBalancing: { enabled: true },
        },
      },
      {
        computeConfig: { enabled: true, nodePools: ["system"], nodeRoleArn: roleArn("nodes") },
        kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16", elasticLoadBalancing: { enabled: true } },
      },
    ],
  ])("changes: %s", async (type, change, expected) => {
    await makeCluster(running, "dev", { accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } });
    expect((await configure(change)).update).toMatchObject({ type, status: "Successful" });
    expect(await describeCluster()).toMatchObject(expected);
  });

  it("keeps logging what a change does not mention", async () => {
    await makeCluster(running, "dev", { logging: { clusterLogging: [{ types: ["api", "audit"], enabled: true }] } });
    await configure({ logging: { clusterLogging: [{ types: ["api"], enabled: false }] } });
    const cluster = await describeCluster();
    expect(cluster?.logging?.clusterLogging).toEqual([
      { types: ["audit"], enabled: true },
      { types: ["api", "authenticator", "controllerManager", "scheduler"], enabled: false },
    ]);
  });

  it.each<[string, Omit<UpdateClusterConfigCommandInput, "name">]>([
    [
      "Only one type of update can be allowed.",
      { upgradePolicy: { supportType: "STANDARD" }, zonalShiftConfig: { enabled: true } },
    ],
    ["No changes are asked for.", {}],
    ["Private and public endpoint access cannot be false.", { resourcesVpcConfig: { endpointPublicAccess: false } }],
    [
      "not allowed in publicAccessCidrs: [192.168.0.0/24]",
      { resourcesVpcConfig: { publicAccessCidrs: ["192.168.0.0/24"] } },
    ],
    ["must stay in the cluster's VPC vpc-main", { resourcesVpcConfig: { subnetIds: ["subnet-elsewhere-c"] } }],
    [
      "Unsupported authentication mode update from API to CONFIG_MAP",
      { accessConfig: { authenticationMode: "CONFIG_MAP" } },
    ],
    ["either fully enabled or fully disabled", { computeConfig: { enabled: true } }],
  ])("is refused: %s", async (message, change) => {
    await makeCluster(running, "dev");
    await expect(configure(change)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining(message),
    });
  });

  it("lets the creator in when the cluster gets access entries", async () => {
    await makeCluster(running, "dev", { accessConfig: { authenticationMode: "CONFIG_MAP" } });
    const list = new ListAccessEntriesCommand({ clusterName: "dev" });
    await expect(running.eks.send(list)).rejects.toMatchObject({ name: "InvalidRequestException" });
    await expect(configure({ accessConfig: { authenticationMode: "API" } })).rejects.toThrow("from CONFIG_MAP to API");
    await configure({ accessConfig: { authenticationMode: "API_AND_CONFIG_MAP" } });
    expect((await running.eks.send(list)).accessEntries).toEqual([roleArn("deployer")]);
  });
});

it("encrypts secrets once", async () => {
  await makeCluster(running, "dev");
  const keyArn = "arn:aws:kms:ap-northeast-1:123456789012:key/1f5f6cc6-3b0c-4f3e-9d7c-7f4f0f1c2a3b";
  const encryptionConfig = [{ resources: ["secrets"], provider: { keyArn } }];
  const encrypt = () =>
    running.eks.send(new AssociateEncryptionConfigCommand({ clusterName: "dev", encryptionConfig }));
  await encrypt();
  expect(await describeCluster()).toMatchObject({ encryptionConfig });
  await expect(encrypt()).rejects.toMatchObject({ name: "InvalidRequestException" });
});

it("finds an update only of what it is about", async () => {
  await makeCluster(running, "dev");
  const { update } = await configure({ upgradePolicy: { supportType: "STANDARD" } });
  const ofAddon = new DescribeUpdateCommand({ name: "dev", updateId: update?.id, addonName: "coredns" });
  await expect(running.eks.send(ofAddon)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});
