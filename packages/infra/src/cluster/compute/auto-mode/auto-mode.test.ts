import { dev, roleIn } from "@demarc/shared/testing";
import { autoModeStack, stackOfKind } from "../../../testing/cluster";
import { keysStack } from "../../../testing/keys";
import { problemsOf } from "../../../testing/problems";
import { autoModeSettings } from "./settings";

const stack = stackOfKind("auto-mode");
const eks = (from = stack) => from.resource("aws_eks_cluster");
const nodes = /^\$\{aws_iam_role\.nodes_.*\.arn\}$/;

/** Access entries that are no team's. */
const nodesEntries = (from = stack) =>
  from.resources("aws_eks_access_entry").filter(({ principal_arn }) => nodes.test(String(principal_arn)));

describe("a cluster of Auto Mode", () => {
  it("has nodes, volumes and load balancers of EKS's, all three or none", () => {
    expect(eks()).toMatchObject({
      compute_config: { enabled: true, node_pools: ["general-purpose", "system"] },
      storage_config: { block_storage: { enabled: true } },
      kubernetes_network_config: { elastic_load_balancing: { enabled: true } },
      bootstrap_self_managed_addons: false,
      access_config: { authentication_mode: "API" },
    });
  });

  it("has no add-on and no node group: what they do is built in", () => {
    const types = ["aws_eks_addon", "aws_eks_node_group", "aws_eks_fargate_profile", "aws_launch_template"];
    expect(types.filter((type) => stack.resourceTypes.includes(type))).toEqual([]);
  });

  it("has EKS's own pools with the nodes' role, which EKS lets in itself", () => {
    const some = autoModeStack(["system"]);
    expect(eks(some)["compute_config"]).toEqual({
      enabled: true,
      node_pools: ["system"],
      node_role_arn: expect.stringMatching(nodes),
    });
    expect(nodesEntries(some)).toEqual([]);
  });

  it("has none of them where the settings say so: no role, and an entry for the nodes of other pools", () => {
    const none = autoModeStack([]);
    expect(eks(none)["compute_config"]).toEqual({ enabled: true });
    expect(nodesEntries(none)).toEqual([expect.objectContaining({ type: "EC2" })]);
    expect(none.resources("aws_eks_access_policy_association")).toContainEqual(
      expect.objectContaining({
        policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAutoNodePolicy",
        access_scope: { type: "cluster" },
      }),
    );
  });

  it("tells k8s-platform of the nodes' role, for node classes of its own", () => {
    expect(stack.outputs["cluster_v1"]).toMatchObject({
      nodeRoleName: expect.stringMatching(/^\$\{aws_iam_role\.nodes_.*\.name\}$/),
      volumeKeyArn: expect.stringMatching(/keys_v1\.volumeKeyArn\}$/),
    });
    expect(stackOfKind("managed-nodes").outputs["cluster_v1"]).not.toHaveProperty("nodeRoleName");
  });

  it("tells of the address that its pods ask for names, by the range of Services that EKS chose", () => {
    expect(stack.outputs["cluster_v1"]).toMatchObject({
      dnsAddress: expect.stringMatching(
        /^\$\{cidrhost\(aws_eks_cluster\..*\.kubernetes_network_config\[0\]\.service_ipv4_cidr, 10\)\}$/,
      ),
    });
    expect(stackOfKind("managed-nodes").outputs["cluster_v1"]).not.toHaveProperty("dnsAddress");
  });

  it("refuses a pool that EKS has not, and one twice", () => {
    const problems = (nodePools: string[]) => problemsOf(autoModeSettings, { kind: "auto-mode", nodePools });
    expect(problems(["general-purpose", "gpu"])).toEqual([
      expect.stringMatching(/^nodePools\.1: "gpu" must be one of general-purpose, system$/),
    ]);
    expect(problems(["system", "system"])).toEqual([expect.stringMatching(/names a pool twice/)]);
  });
});

describe("the role of the control plane with Auto Mode", () => {
  const keys = keysStack();
  const own = roleIn(stack, "dev-a-control-plane", { producers: [keys] });
  const tags = { ...own.principal.tags, "eks:eks-cluster-name": "dev-a" };
  /** As EKS takes it: it tags the session. */
  const role = { ...own, principal: { ...own.principal, tags } };
  const source = {
    "aws:SourceAccount": dev.account,
    "aws:SourceArn": `arn:aws:eks:${dev.region}:${dev.account}:cluster/dev-a`,
  };
  const ec2 = (resource: string) => `arn:aws:ec2:${dev.region}:${dev.account}:${resource}`;
  const made = (cluster: string) => ({
    "aws:RequestTag/eks:eks-cluster-name": cluster,
    "aws:RequestTag/eks:kubernetes-node-class-name": "own",
    "aws:RequestTag/eks:kubernetes-node-pool-name": "own",
    "aws:RequestTag/team": "infra",
  });

  it("lets EKS tag its sessions, which no other control plane's does", async () => {
    const tagging = { service: "eks.amazonaws.com", action: "sts:TagSession" } as const;
    await expect(role).toTrust({ service: "eks.amazonaws.com" }, source);
    await expect(role).toTrust(tagging, source);
    await expect(roleIn(stackOfKind("managed-nodes"), "dev-a-control-plane")).not.toTrust(tagging, source);
  });

  it("makes things with our tags too, for its own cluster alone", async () => {
    const launched = [
      ["ec2:RunInstances", ec2("instance/i-1")],
      ["ec2:CreateLaunchTemplate", ec2("launch-template/lt-1")],
    ] as const;
    for (const [action, resource] of launched) {
      await expect(role).toAllow(action, resource, made("dev-a"));
      await expect(role).toRefuse(action, resource, made("dev-b"), { by: "identity policy" });
    }
    await expect(role).toAllow("ec2:CreateVolume", ec2("volume/vol-1"), made("dev-a"));
    await expect(role).toAllow("ec2:CreateSnapshot", `arn:aws:ec2:${dev.region}::snapshot/snap-1`, made("dev-a"));
  });

  it("makes volumes with the key of volumes, and with no other", async () => {
    const forAws = { "kms:GrantIsForAWSResource": "true" };
    await expect(role).toAllow("kms:CreateGrant", keys.arnOf("aws_kms_key", "volumes_"), forAws);
    await expect(role).toRefuse("kms:CreateGrant", keys.arnOf("aws_kms_key", "database_"), forAws);
  });
});

describe("the role of Auto Mode's nodes", () => {
  it("pulls images and hands out Pod Identity, and changes nothing", async () => {
    const role = roleIn(stack, "dev-a-nodes");
    await expect(role).toTrust({ service: "ec2.amazonaws.com" });
    await expect(role).toAllow("ecr:GetAuthorizationToken", "*");
    await expect(role).toAllow(
      "eks-auth:AssumeRoleForPodIdentity",
      `arn:aws:eks:${dev.region}:${dev.account}:cluster/dev-a`,
    );
    await expect(role).toRefuse("ec2:DescribeInstances", "*", {}, { by: "identity policy" });
  });
});
