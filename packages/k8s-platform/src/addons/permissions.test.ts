import { roleIn, type SynthesizedStack } from "@demarc/shared/testing";
import { z } from "zod";
import { addonsStack, releaseNamed, valuesOf } from "../testing/platform";

const zone = (output: string) => `\${data.terraform_remote_state.infra-dns-v1.outputs.dns_v1.${output}}`;
const cluster = (output: string) => `\${data.terraform_remote_state.infra-cluster-v1.outputs.cluster_v1.${output}}`;

let stack: SynthesizedStack;
beforeAll(() => {
  stack = addonsStack();
});

describe("ExternalDNS", () => {
  it("writes to the environment's zone only, and there address and owner records only", async () => {
    const role = roleIn(stack, "dev-a-external-dns");
    const action = "route53:ChangeResourceRecordSets";
    const records = (...types: string[]) => ({ "route53:ChangeResourceRecordSetsRecordTypes": types });
    await expect(role).toAllow(action, zone("zoneArn"), records("A", "AAAA", "TXT"));
    for (const types of [["NS"], ["CNAME"], ["A", "MX"]])
      await expect(role).toRefuse(action, zone("zoneArn"), records(...types), { by: "identity policy" });
    const other = "arn:aws:route53:::hostedzone/OTHER";
    await expect(role).toRefuse(action, other, records("A"), { by: "identity policy" });
    await expect(role).toAllow("route53:ListResourceRecordSets", zone("zoneArn"));
    await expect(role).toRefuse("route53:ListResourceRecordSets", other, {}, { by: "identity policy" });
    await expect(role).toRefuse("route53:DeleteHostedZone", zone("zoneArn"));
  });

  it("looks at that zone and domain only, and takes away no record that another cluster owns", () => {
    expect(valuesOf(releaseNamed(stack, "external-dns"))).toMatchObject([
      {
        extraArgs: {
          "zone-id-filter": zone("zoneId"),
          "ingress-class": ["alb-infra", "alb-platform", "alb-pets", "alb-shop"],
          "annotation-prefix": "external-dns.demarc/",
        },
        domainFilters: [zone("baseDomain")],
        sources: ["ingress"],
        policy: "sync",
        registry: "txt",
        txtOwnerId: "dev-a",
      },
    ]);
  });
});

describe("an upgrade of ExternalDNS", () => {
  const values = () =>
    z
      .looseObject({ policy: z.string(), extraArgs: z.looseObject({ "annotation-prefix": z.string() }) })
      .parse(valuesOf(releaseNamed(stack, "external-dns"))[0]);

  it("reads the annotations that it read before: ours, and neither 0.21's default nor 0.22's", () => {
    const prefix = values().extraArgs["annotation-prefix"];
    // Both versions refuse to start with a prefix that has no slash at its end.
    expect(prefix).toMatch(/^[a-z.-]+\/$/);
    expect(["external-dns.alpha.kubernetes.io/", "external-dns.kubernetes.io/"]).not.toContain(prefix);
    expect(Object.keys(values())).not.toContain("annotationPrefix");
  });

  it("keeps its policy, which 0.22 has no default for", () => {
    expect(values().policy).toBe("sync");
  });
});

describe("Cluster Autoscaler", () => {
  it("changes the groups that bear its cluster's tag, and no other", async () => {
    const role = roleIn(stack, "dev-a-cluster-autoscaler");
    const place = "ap-northeast-1:123456789012";
    const group = `arn:aws:autoscaling:${place}:autoScalingGroup:1:autoScalingGroupName/eks-general`;
    const owned = (cluster: string) => ({ [`aws:ResourceTag/k8s.io/cluster-autoscaler/${cluster}`]: "owned" });
    for (const action of ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"]) {
      await expect(role).toAllow(action, group, owned("dev-a"));
      for (const other of [owned("dev-b"), {}])
        await expect(role).toRefuse(action, group, other, { by: "identity policy" });
    }
    await expect(role).toRefuse("autoscaling:UpdateAutoScalingGroup", group, owned("dev-a"));
    const nodes = (cluster: string) => `arn:aws:eks:${place}:nodegroup/${cluster}/general/1`;
    await expect(role).toAllow("eks:DescribeNodegroup", nodes("dev-a"));
    await expect(role).toRefuse("eks:DescribeNodegroup", nodes("dev-b"), {}, { by: "identity policy" });
  });

  it("finds them by the same tag", () => {
    expect(valuesOf(releaseNamed(stack, "cluster-autoscaler"))).toMatchObject([
      { autoDiscovery: { clusterName: "dev-a" }, awsRegion: "ap-northeast-1" },
    ]);
  });
});

describe("Fluent Bit", () => {
  it("writes to the cluster's pod log group only, and makes none", async () => {
    const role = roleIn(stack, "dev-a-aws-for-fluent-bit");
    const group = cluster("podLogGroupArn");
    for (const action of ["logs:CreateLogStream", "logs:PutLogEvents"]) {
      await expect(role).toAllow(action, `${group}:log-stream:node`);
      await expect(role).toRefuse(action, `${group}-of-another:log-stream:node`, {}, { by: "identity policy" });
    }
    await expect(role).toRefuse("logs:CreateLogGroup", group);
    await expect(role).toRefuse("logs:PutRetentionPolicy", group);
    expect(valuesOf(releaseNamed(stack, "aws-for-fluent-bit"))).toMatchObject([
      { cloudWatchLogs: { autoCreateGroup: false, logGroupName: cluster("podLogGroupName") } },
    ]);
  });

  it("runs on every node, whatever the node is kept free for", () => {
    expect(valuesOf(releaseNamed(stack, "aws-for-fluent-bit"))).toMatchObject([
      { tolerations: [{ operator: "Exists" }] },
    ]);
  });
});
