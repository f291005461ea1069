import { dev, roleIn } from "@demarc/shared/testing";
import { fargateStack, stackOfKind } from "../../../testing/cluster";

const stack = fargateStack();
const profiles = (from = stack) => from.resources("aws_eks_fargate_profile");

describe("a cluster on Fargate", () => {
  it("has the profiles that its settings name, in the private subnets", () => {
    expect(profiles()).toEqual([
      expect.objectContaining({
        fargate_profile_name: "pods",
        selector: [
          { namespace: "kube-*", labels: {} },
          { namespace: "*", labels: {} },
        ],
        subnet_ids: expect.stringMatching(/network_v2\.privateSubnetIds\}$/),
      }),
    ]);
  });

  it("keeps a profile to the zones that its settings name, and to pods with labels", () => {
    const selectors = [{ namespace: "shop", labels: { zone: "a" } }];
    const zoned = fargateStack({ one: { selectors, zones: ["a"] }, pods: { selectors: [{ namespace: "*" }] } });
    expect(profiles(zoned)).toContainEqual(
      expect.objectContaining({
        fargate_profile_name: "one",
        selector: [{ namespace: "shop", labels: { zone: "a" } }],
        subnet_ids: [expect.stringMatching(/network_v2\.privateSubnetIdsByZone\.a\}$/)],
      }),
    );
  });

  it("has CoreDNS on Fargate, after the profiles, and no other add-on of EKS", () => {
    const addOn = stack.resource("aws_eks_addon");
    expect(addOn).toMatchObject({
      addon_name: "coredns",
      depends_on: [expect.stringMatching(/^aws_eks_fargate_profile\.fargate_profile-pods/)],
    });
    const smallest = { cpu: "250m", memory: "256M" };
    expect(JSON.parse(String(addOn["configuration_values"]))).toEqual({
      computeType: "Fargate",
      resources: { requests: smallest, limits: smallest },
    });
  });

  it("has no node, and tells nobody of a key for volumes, which no pod of it can mount", () => {
    const types = ["aws_eks_node_group", "aws_launch_template", "aws_autoscaling_group_tag"];
    expect(types.filter((type) => stack.resourceTypes.includes(type))).toEqual([]);
    expect(stack.outputs["cluster_v1"]).not.toHaveProperty("volumeKeyArn");
    expect(stackOfKind("managed-nodes").outputs["cluster_v1"]).toHaveProperty("volumeKeyArn");
  });
});

describe("the role that starts pods on Fargate", () => {
  const role = roleIn(stack, "dev-a-fargate-pods");
  const service = "eks-fargate-pods.amazonaws.com";
  const source = (cluster: string, account: string = dev.account) => ({
    "aws:SourceAccount": account,
    "aws:SourceArn": `arn:aws:eks:${dev.region}:${account}:fargateprofile/${cluster}/pods/1`,
  });

  it("has no path, which EKS would not take", () => {
    const [found] = stack.resources("aws_iam_role").filter(({ name }) => name === "dev-a-fargate-pods");
    expect(found).toMatchObject({ path: "/", permissions_boundary: expect.stringContaining("infra") });
  });

  it("is assumed for profiles of this cluster alone", async () => {
    await expect(role).toTrust({ service }, source("dev-a"));
    await expect(role).not.toTrust({ service }, source("dev-b"));
    await expect(role).not.toTrust({ service }, source("dev-a", "210987654321"));
    await expect(role).not.toTrust({ service: "ec2.amazonaws.com" }, source("dev-a"));
  });

  it("pulls images, and writes to the log group of the cluster's pods", async () => {
    const streams = (group: string) => `arn:aws:logs:${dev.region}:${dev.account}:log-group:${group}:log-stream:x`;
    const pods = stack.arnOf("aws_cloudwatch_log_group", "logs_pods");
    await expect(role).toAllow("ecr:GetAuthorizationToken", "*");
    await expect(role).toAllow("logs:DescribeLogStreams", `${pods}:*`);
    for (const action of ["logs:CreateLogStream", "logs:PutLogEvents"]) {
      await expect(role).toAllow(action, `${pods}:log-stream:x`);
      await expect(role).toRefuse(action, streams("/aws/eks/dev-a/cluster"), {}, { by: "identity policy" });
    }
    await expect(role).toRefuse("logs:CreateLogGroup", pods, {}, { by: "identity policy" });
  });
});
