import { X509Certificate } from "node:crypto";
import {
  type CreateClusterCommandInput,
  CreateClusterCommand,
  CreateFargateProfileCommand,
  CreateNodegroupCommand,
  DeleteClusterCommand,
  DescribeAccessEntryCommand,
  DescribeClusterCommand,
  ListAccessEntriesCommand,
  ListAssociatedAccessPoliciesCommand,
  ListClustersCommand,
} from "@aws-sdk/client-eks";
import { absentControlPlane, type ControlPlane } from "../control-plane";
import { clusterInput, makeCluster, type Running, startInProcess } from "../testing/in-process";
import { PRIVATE_SUBNETS, roleArn, SECURITY_GROUP } from "../testing/memory-account";

let running: Running;

beforeEach(async () => {
  running = await startInProcess();
});

afterEach(async () => {
  await running.stop();
});

const describeCluster = async (name: string) => (await running.eks.send(new DescribeClusterCommand({ name }))).cluster;

describe("a new cluster", () => {
  it("gets what it did not ask for as EKS gives it, and nothing that would be a change in every plan", async () => {
    const input = { name: "dev", roleArn: roleArn("cluster"), resourcesVpcConfig: { subnetIds: PRIVATE_SUBNETS } };
    await running.eks.send(new CreateClusterCommand(input));
    const cluster = await describeCluster("dev");
    expect(cluster).toMatchObject({
      arn: "arn:aws:eks:ap-northeast-1:123456789012:cluster/dev",
      version: "1.35",
      kubernetesNetworkConfig: { ipFamily: "ipv4", serviceIpv4Cidr: "172.20.0.0/16" },
      accessConfig: { authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true },
      upgradePolicy: { supportType: "EXTENDED" },
      resourcesVpcConfig: {
        vpcId: "vpc-main",
        clusterSecurityGroupId: "sg-dev",
        securityGroupIds: [],
        endpointPublicAccess: true,
        endpointPrivateAccess: false,
        publicAccessCidrs: ["0.0.0.0/0"],
      },
      identity: {
        oidc: {
          issuer: expect.stringMatching(/^https:\/\/oidc\.eks\.ap-northeast-1\.amazonaws\.com\/id\/[0-9A-F]{32}$/),
        },
      },
    });
    for (const unasked of [
      "computeConfig",
      "storageConfig",
      "zonalShiftConfig",
      "remoteNetworkConfig",
      "encryptionConfig",
    ]) {
      expect(cluster).not.toHaveProperty(unasked);
    }
  });

  it("is CREATING until its control plane answers, and then tells where", async () => {
    let answer: (address: { endpoint: string; certificateAuthority: string }) => void = () => undefined;
    await restart({
      start: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
      stop: () => Promise.resolve(),
    });
    await running.eks.send(new CreateClusterCommand(clusterInput("dev")));
    expect(await describeCluster("dev")).toMatchObject({ status: "CREATING" });
    await expect(running.eks.send(new DeleteClusterCommand({ name: "dev" }))).rejects.toThrow("in progress");
    answer({ endpoint: "https://127.0.0.1:6443", certificateAuthority: "PEM" });
    await expect(describeCluster("dev")).resolves.toMatchObject({
      status: "ACTIVE",
      endpoint: "https://127.0.0.1:6443",
      certificateAuthority: { data: Buffer.from("PEM").toString("base64") },
    });
  });

  it("is FAILED, with the reason, when its control plane does not start; it can be deleted", async () => {
    await restart({ start: () => Promise.reject(new Error("etcd is missing")), stop: () => Promise.resolve() });
    await running.eks.send(new CreateClusterCommand(clusterInput("dev")));
    const failed = await describeCluster("dev");
    expect(failed).toMatchObject({ status: "FAILED", health: { issues: [{ message: "etcd is missing" }] } });
    await running.eks.send(new DeleteClusterCommand({ name: "dev" }));
    expect((await running.eks.send(new ListClustersCommand({}))).clusters).toEqual([]);
  });

  it("has an endpoint at which nobody listens, and a certificate that can be read, without a control plane", async () => {
    const { endpoint = "", certificateAuthority } = await makeCluster(running, "dev");
    await expect(fetch(endpoint)).rejects.toThrow();
    const pem = Buffer.from(certificateAuthority?.data ?? "", "base64").toString();
    expect(new X509Certificate(pem).subject).toBe("CN=no control plane");
  });

  const encryptedBy = (keyArn: string) => {
    const secrets = { resources: ["secrets"], provider: { keyArn } };
    return [secrets];
  };
  const vpc = (more: object) => ({ resourcesVpcConfig: { subnetIds: PRIVATE_SUBNETS, ...more } });
  const mode = (authenticationMode: "API" | "CONFIG_MAP") => ({ accessConfig: { authenticationMode } });
  const auto = {
    computeConfig: { enabled: true, nodePools: ["system"], nodeRoleArn: roleArn("nodes") },
    storageConfig: { blockStorage: { enabled: true } },
    kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
  };

  it.each<[string, Partial<CreateClusterCommandInput>]>([
    ["unsupported Kubernetes version 1.12", { version: "1.12" }],
    ["Role arn:aws:iam::123456789012:role/missing was not found.", { roleArn: roleArn("missing") }],
    ["The subnet subnet-none could not be found.", vpc({ subnetIds: [...PRIVATE_SUBNETS, "subnet-none"] })],
    ["at least two different AZs", vpc({ subnetIds: ["subnet-private-a", "subnet-public-a"] })],
    ["Subnets must be in one VPC", vpc({ subnetIds: ["subnet-private-a", "subnet-elsewhere-c"] })],
    ["The security group sg-none could not be found", vpc({ securityGroupIds: [SECURITY_GROUP, "sg-none"] })],
    ["Private and public endpoint access cannot be false.", vpc({ endpointPublicAccess: false })],
    ["invalid in publicAccessCidrs: [8.8.8.8]", vpc({ publicAccessCidrs: ["8.8.8.8"] })],
    ["not allowed in publicAccessCidrs: [10.0.0.0/16]", vpc({ publicAccessCidrs: ["8.8.8.0/24", "10.0.0.0/16"] })],
    ["not allowed in publicAccessCidrs: [203.0.113.0/24]", vpc({ publicAccessCidrs: ["203.0.113.0/24"] })],
    ["must be a block of /12 to /24", { kubernetesNetworkConfig: { serviceIpv4Cidr: "11.0.0.0/16" } }],
    ["must not overlap the VPC's 10.0.0.0/16", { kubernetesNetworkConfig: { serviceIpv4Cidr: "10.0.128.0/20" } }],
    [
      "must be true if cluster authentication mode is set to CONFIG_MAP",
      { accessConfig: { authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: false } },
    ],
    ["either fully enabled or fully disabled", { ...auto, storageConfig: { blockStorage: { enabled: false } } }],
    ["bootstrapSelfManagedAddons must be set to false", { ...auto, bootstrapSelfManagedAddons: true }],
    ["EKS Auto Mode requires the cluster's authentication mode", { ...auto, ...mode("CONFIG_MAP") }],
    ["must be given together", { ...auto, computeConfig: { enabled: true, nodePools: ["system"] } }],
    ["must be the ARN of a KMS key", { encryptionConfig: encryptedBy("alias/eks") }],
  ])("is refused: %s", async (message, more) => {
    const creation = running.eks.send(new CreateClusterCommand(clusterInput("dev", more)));
    await expect(creation).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining(message),
    });
    // Terraform waits two minutes on this wording.
    await expect(creation).rejects.not.toThrow("does not exist");
    expect(running.account.securityGroups.size).toBe(0);
  });

  it("is refused when its name is taken", async () => {
    await makeCluster(running, "dev");
    const again = running.eks.send(new CreateClusterCommand(clusterInput("dev")));
    await expect(again).rejects.toMatchObject({
      name: "ResourceInUseException",
      message: "Cluster already exists with name: dev.",
    });
  });

  it("leaves no record when its security group cannot be made", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    vi.spyOn(running.account.network, "createClusterSecurityGroup").mockRejectedValue(new Error("limit exceeded"));
    await expect(running.eks.send(new CreateClusterCommand(clusterInput("dev")))).rejects.toThrow("limit exceeded");
    await expect(describeCluster("dev")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  it("lets nodes of Auto Mode in", async () => {
    await makeCluster(running, "auto", { ...auto, bootstrapSelfManagedAddons: false });
    const principal = { clusterName: "auto", principalArn: roleArn("nodes") };
    const { accessEntry } = await running.eks.send(new DescribeAccessEntryCommand(principal));
    expect(accessEntry).toMatchObject({ type: "EC2" });
    const { associatedAccessPolicies } = await running.eks.send(new ListAssociatedAccessPoliciesCommand(principal));
    expect(associatedAccessPolicies).toMatchObject([{ policyArn: expect.stringMatching(/AmazonEKSAutoNodePolicy$/) }]);
  });
});

describe("who creates a cluster", () => {
  const creator = { clusterName: "dev", principalArn: roleArn("deployer") };

  it("administers it, unless the cluster says no", async () => {
    await makeCluster(running, "dev", { accessConfig: { authenticationMode: "API" } });
    const { associatedAccessPolicies } = await running.eks.send(new ListAssociatedAccessPoliciesCommand(creator));
    expect(associatedAccessPolicies).toMatchObject([
      {
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
        accessScope: { type: "cluster" },
      },
    ]);
  });

  it("has no access to one that bootstraps none", async () => {
    await makeCluster(running, "dev");
    const { accessEntries } = await running.eks.send(new ListAccessEntriesCommand({ clusterName: "dev" }));
    expect(accessEntries).toEqual([]);
  });
});

describe("deleting a cluster", () => {
  const onDev = { clusterName: "dev", subnets: PRIVATE_SUBNETS };

  it("takes its control plane and its security group with it, at once", async () => {
    const stop = vi.fn(() => Promise.resolve());
    await restart({
      start: () => Promise.resolve({ endpoint: "https://127.0.0.1:1", certificateAuthority: "" }),
      stop,
    });
    await makeCluster(running, "dev");
    await running.eks.send(new DeleteClusterCommand({ name: "dev" }));
    expect(stop).toHaveBeenCalledWith("dev");
    expect(running.account.securityGroups.size).toBe(0);
    await expect(describeCluster("dev")).rejects.toMatchObject({ message: "No cluster found for name: dev." });
  });

  it("has EKS make its log group anew for last records once that is gone, where it wrote logs", async () => {
    const groups = running.account.logGroupNames;
    const logging = { clusterLogging: [{ types: ["audit" as const], enabled: true }] };
    await makeCluster(running, "dev", { logging });
    await makeCluster(running, "silent");
    groups.add("/aws/eks/dev/cluster").add("/aws/eks/silent/cluster");
    for (const name of ["dev", "silent"]) await running.eks.send(new DeleteClusterCommand({ name }));
    groups.clear();
    const deadline = Date.now() + 10_000;
    while (groups.size === 0 && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 100));
    expect([...groups]).toEqual(["/aws/eks/dev/cluster"]);
  });

  it("is refused while a node group is attached", async () => {
    await makeCluster(running, "dev");
    const nodegroup = { ...onDev, nodegroupName: "general", nodeRole: roleArn("nodes") };
    await running.eks.send(new CreateNodegroupCommand(nodegroup));
    const deletion = running.eks.send(new DeleteClusterCommand({ name: "dev" }));
    await expect(deletion).rejects.toMatchObject({
      name: "ResourceInUseException",
      message: "Cluster has nodegroups attached",
    });
    expect(await describeCluster("dev")).toMatchObject({ status: "ACTIVE" });
  });

  it("is refused while a Fargate profile is attached", async () => {
    await makeCluster(running, "dev");
    const profile = {
      fargateProfileName: "shop",
      podExecutionRoleArn: roleArn("pods"),
      selectors: [{ namespace: "shop" }],
    };
    await running.eks.send(new CreateFargateProfileCommand({ ...onDev, ...profile }));
    const deletion = running.eks.send(new DeleteClusterCommand({ name: "dev" }));
    await expect(deletion).rejects.toMatchObject({ name: "ResourceInUseException" });
  });

  it("leaves it as it was when the local AWS refuses", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    await makeCluster(running, "dev");
    vi.spyOn(running.account.network, "deleteSecurityGroup").mockRejectedValue(new Error("DependencyViolation"));
    await expect(running.eks.send(new DeleteClusterCommand({ name: "dev" }))).rejects.toThrow("DependencyViolation");
    expect(await describeCluster("dev")).toMatchObject({ status: "ACTIVE" });
  });
});

async function restart(controlPlane: Pick<ControlPlane, "start" | "stop">): Promise<void> {
  await running.stop();
  running = await startInProcess({ controlPlane: () => ({ ...absentControlPlane, ...controlPlane }) });
}
