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

  it("has a profile for each zone where the settings say so, for pods that name their zone", () => {
    const zoned = fargateStack({
      apart: {
        selectors: [{ namespace: "shop", labels: { tier: "web" } }],
        zones: ["a", "c"],
        subnets: "one-per-zone",
      },
      pods: { selectors: [{ namespace: "*" }] },
    });
    const inZone = (zone: string) =>
      expect.objectContaining({
        fargate_profile_name: `apart-${zone}`,
        selector: [{ namespace: "shop", labels: { tier: "web", "fargate-zone": zone } }],
        subnet_ids: [expect.stringMatching(new RegExp(`privateSubnetIdsByZone\\.${zone}\\}$`))],
      }) as object;
    expect(profiles(zoned)).toEqual([
      inZone("a"),
      inZone("c"),
      expect.objectContaining({ fargate_profile_name: "pods" }),
    ]);
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

describe("security groups of teams' pods", () => {
  const rules = (type: "ingress" | "egress", label: string) =>
    stack.labelled(`aws_vpc_security_group_${type}_rule`, label) ??
    Object.fromEntries(
      stack
        .labels(`aws_vpc_security_group_${type}_rule`)
        .filter((found) => found.startsWith(label))
        .flatMap((found) => Object.entries(stack.labelled(`aws_vpc_security_group_${type}_rule`, found) ?? {})),
    );
  const group = (label: string) =>
    expect.stringMatching(new RegExp(`^\\$\\{aws_security_group\\.pod-groups_${label}_\\w+\\.id\\}$`)) as string;
  const cluster = expect.stringContaining("vpc_config[0].cluster_security_group_id");

  it("are one for each team, which lets in the team's own pods and nobody else", () => {
    const ingress = stack.resources("aws_vpc_security_group_ingress_rule");
    for (const team of Object.keys(dev.teams)) {
      const into = ingress.filter(({ security_group_id: id }) => String(id).includes(`pod-groups_team-${team}_`));
      expect(into).toEqual([
        expect.objectContaining({ referenced_security_group_id: into[0]?.["security_group_id"], ip_protocol: "-1" }),
      ]);
    }
    expect(ingress.filter((rule) => rule["cidr_ipv4"] !== undefined)).toEqual([]);
  });

  it("bear the cluster's tag, by which the load balancer controller tells which one to open, and the shared one does not", () => {
    const tagged = stack
      .resources("aws_security_group")
      .filter(({ tags }) => Object.hasOwn(tags as object, "kubernetes.io/cluster/dev-a"));
    const named = Object.keys(dev.teams).map((team) => `dev-a-pods-${team}`);
    expect(tagged.map(({ name }) => name)).toEqual(named.sort());
  });

  it("leave pods the ways that they cannot live without, and no team's pods a way to another's", () => {
    for (const [label, ip_protocol, port] of [
      ["pod-groups_api_", "tcp", 443],
      ["pod-groups_dns_", "udp", 53],
      ["pod-groups_dns-tcp_", "tcp", 53],
    ] as const) {
      expect(rules("ingress", label)).toMatchObject({
        security_group_id: cluster,
        referenced_security_group_id: group("shared"),
        ...{ ip_protocol, from_port: port, to_port: port },
      });
    }
    // The kubelet's 10250, probes, and requests that the platform passes on.
    expect(rules("ingress", "pod-groups_platform_")).toMatchObject({
      security_group_id: group("shared"),
      referenced_security_group_id: cluster,
      ...{ ip_protocol: "tcp", from_port: 1024, to_port: 65_535 },
    });
    expect(rules("egress", "pod-groups_out_")).toMatchObject({ security_group_id: group("shared") });
    const intoShared = stack
      .resources("aws_vpc_security_group_ingress_rule")
      .filter(({ security_group_id: id }) => String(id).includes("pod-groups_shared_"));
    expect(intoShared).toHaveLength(1);
  });

  it("are published by team, and made on no other compute", () => {
    const { teamSecurityGroupIds, podSecurityGroupId, podNamespaces } = stack.outputs["cluster_v1"] as Record<
      string,
      unknown
    >;
    expect(teamSecurityGroupIds).toMatchObject({ pets: group("team-pets"), shop: group("team-shop") });
    expect(podSecurityGroupId).toEqual(group("shared"));
    expect(podNamespaces).toBe("^(kube-.*|.*)$");
    expect(stackOfKind("managed-nodes").resourceTypes).not.toContain("aws_security_group");
  });
});
