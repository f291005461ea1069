import { kubernetesVersion } from "@demarc/shared/environment";
import { nodesStack } from "../../../testing/cluster";

const general = { instanceTypes: ["m7i.large"], size: { min: 1, desired: 2, max: 3 } };

function only(stack = nodesStack()) {
  return { group: stack.resource("aws_eks_node_group"), template: stack.resource("aws_launch_template") };
}

describe("a node", () => {
  it("keeps its credentials from pods: IMDSv2, one hop", () => {
    expect(only().template["metadata_options"]).toEqual({
      http_endpoint: "enabled",
      http_tokens: "required",
      http_put_response_hop_limit: 1,
    });
  });

  it("has every volume encrypted with the cluster's key", () => {
    expect(only().template["block_device_mappings"]).toEqual([
      {
        device_name: "/dev/xvda",
        ebs: {
          volume_type: "gp3",
          volume_size: 20,
          encrypted: "true",
          kms_key_id: expect.stringMatching(/keys_v1\.volumeKeyArn\}$/),
          delete_on_termination: "true",
        },
      },
    ]);
  });

  it("lets no pod have so many processes that others on it have none", () => {
    const userData = (stack?: Parameters<typeof only>[0]) =>
      Buffer.from(String(only(stack).template["user_data"]), "base64").toString();
    expect(userData()).toBe(`MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="demarc"

--demarc
Content-Type: application/node.eks.aws

apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  kubelet:
    config:
      podPidsLimit: 1024

--demarc--
`);
    const more = nodesStack({ nodeGroups: { general: { ...general, podProcesses: 4096 } } });
    expect(userData(more)).toContain("podPidsLimit: 4096\n");
  });

  it("bears the tags of its stack, and so do its volumes and network interfaces", () => {
    const tags = expect.objectContaining({
      environment: "dev",
      workspace: "infra",
      team: "infra",
      Name: "dev-a-general",
    });
    expect(only().template["tag_specifications"]).toEqual([
      { resource_type: "instance", tags },
      { resource_type: "volume", tags },
      { resource_type: "network-interface", tags },
    ]);
  });

  it("runs Amazon Linux 2023 in the environment's version, in the private subnets", () => {
    expect(only().group).toMatchObject({
      ami_type: "AL2023_x86_64_STANDARD",
      version: "1.35",
      release_version: kubernetesVersion("1.35").nodeReleases[0].version,
      force_update_version: false,
      subnet_ids: expect.stringContaining("network_v2.privateSubnetIds"),
    });
  });
});

describe("a node group", () => {
  it("starts with the desired size and then leaves it to Cluster Autoscaler", () => {
    expect(only().group).toMatchObject({
      scaling_config: { min_size: 1, desired_size: 2, max_size: 3 },
      lifecycle: { ignore_changes: ["scaling_config[0].desired_size"] },
    });
  });

  it("is refused a min above the nodes that it has, and a max below them, with the command that brings it inside", () => {
    const nodes = "self.scaling_config[0].desired_size";
    const command =
      "aws eks update-nodegroup-config --cluster-name dev-a --nodegroup-name general --scaling-config minSize=1,maxSize=3,desiredSize=";
    expect(only().group).toMatchObject({
      lifecycle: {
        postcondition: [
          {
            condition: `\${${nodes} >= 1 && ${nodes} <= 3}`,
            error_message: expect.stringContaining(`${command}\${max(1, min(3, ${nodes}))}`),
          },
        ],
      },
    });
  });

  it("is replaced by hand: nothing in the stack is created before it is destroyed", () => {
    expect(JSON.stringify(nodesStack().json)).not.toContain("create_before_destroy");
  });

  it("follows its launch template's newest version, a third of its nodes at a time", () => {
    expect(only().group).toMatchObject({
      launch_template: { version: expect.stringMatching(/^\$\{aws_launch_template\..*\.latest_version\}$/) },
      update_config: { max_unavailable_percentage: 33 },
    });
  });

  it("runs the release of the image that its settings choose, of the nodes' Kubernetes and not the cluster's", () => {
    const older = kubernetesVersion("1.35").nodeReleases[1]?.version ?? "";
    const held = nodesStack({
      nodeGroups: { general: { ...general, releaseVersion: older, forceUpdateVersion: true } },
    });
    expect(only(held).group).toMatchObject({ release_version: older, force_update_version: true });
    expect(only(nodesStack({ nodeVersion: "1.34" })).group).toMatchObject({
      version: "1.34",
      release_version: kubernetesVersion("1.34").nodeReleases[0].version,
    });
  });

  it("stands in all zones, or once in each zone that its settings name, of the size that they say", () => {
    const zoned = nodesStack({ nodeGroups: { general: { ...general, zones: ["a", "c"] } } });
    const groups = zoned.resources("aws_eks_node_group");
    expect(groups.map(({ node_group_name: name }) => name).toSorted()).toEqual(["general-a", "general-c"]);
    expect(groups).toContainEqual(
      expect.objectContaining({
        node_group_name: "general-c",
        subnet_ids: [expect.stringMatching(/network_v2\.privateSubnetIdsByZone\.c\}$/)],
        scaling_config: { min_size: 1, desired_size: 2, max_size: 3 },
      }),
    );
    expect(only().group["subnet_ids"]).toMatch(/network_v2\.privateSubnetIds\}$/);
  });

  it("is what its settings say", () => {
    const stack = nodesStack({
      nodeGroups: {
        general,
        batch: {
          instanceTypes: ["c7g.large", "c6g.large"],
          amiType: "AL2023_ARM_64_STANDARD",
          capacity: "spot",
          size: { min: 0, desired: 0, max: 9 },
          diskGiB: 80,
          labels: { "example.com/purpose": "batch" },
          taints: [
            { key: "example.com/purpose", value: "batch", effect: "NoSchedule" },
            { key: "example.com/slow", effect: "PreferNoSchedule" },
          ],
          maxUnavailablePercentage: 50,
        },
      },
    });
    expect(stack.resources("aws_eks_node_group")).toContainEqual(
      expect.objectContaining({
        node_group_name: "batch",
        instance_types: ["c7g.large", "c6g.large"],
        ami_type: "AL2023_ARM_64_STANDARD",
        capacity_type: "SPOT",
        scaling_config: { min_size: 0, desired_size: 0, max_size: 9 },
        labels: { "example.com/purpose": "batch" },
        taint: [
          { key: "example.com/purpose", value: "batch", effect: "NO_SCHEDULE" },
          { key: "example.com/slow", value: "", effect: "PREFER_NO_SCHEDULE" },
        ],
        update_config: { max_unavailable_percentage: 50 },
      }),
    );
    expect(stack.resources("aws_launch_template")).toContainEqual(
      expect.objectContaining({
        name: "dev-a-batch",
        block_device_mappings: [expect.objectContaining({ ebs: expect.objectContaining({ volume_size: 80 }) })],
      }),
    );
  });
});
