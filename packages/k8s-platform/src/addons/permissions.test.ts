import { allowing, onlyOn, type SynthesizedStack } from "@demarc/shared/testing";
import { addonsStack, releaseNamed, valuesOf } from "../testing/platform";

const zone = (output: string) => `\${data.terraform_remote_state.infra-dns-v1.outputs.dns_v1.${output}}`;
const cluster = (output: string) => `\${data.terraform_remote_state.infra-cluster-v1.outputs.cluster_v1.${output}}`;

let stack: SynthesizedStack;
beforeAll(() => {
  stack = addonsStack();
});

describe("ExternalDNS", () => {
  it("writes to the environment's zone only, and there address and owner records only", () => {
    expect(allowing(stack, "route53:ChangeResourceRecordSets")).toEqual([
      {
        ...onlyOn(zone("zoneArn")),
        condition: {
          "ForAllValues:StringEquals": { "route53:ChangeResourceRecordSetsRecordTypes": ["A", "AAAA", "TXT"] },
        },
      },
    ]);
    expect(allowing(stack, "route53:ListResourceRecordSets")).toEqual([onlyOn(zone("zoneArn"))]);
    expect(allowing(stack, "route53:DeleteHostedZone")).toEqual([]);
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

describe("Cluster Autoscaler", () => {
  it("changes the groups that bear its cluster's tag, and no other", () => {
    for (const action of ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"]) {
      expect(allowing(stack, action)).toEqual([
        {
          ...onlyOn("arn:aws:autoscaling:ap-northeast-1:123456789012:autoScalingGroup:*:autoScalingGroupName/*"),
          condition: { StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/dev-a": "owned" } },
        },
      ]);
    }
    expect(allowing(stack, "autoscaling:UpdateAutoScalingGroup")).toEqual([]);
    expect(allowing(stack, "eks:DescribeNodegroup")).toEqual([
      onlyOn("arn:aws:eks:ap-northeast-1:123456789012:nodegroup/dev-a/*/*"),
    ]);
  });

  it("finds them by the same tag", () => {
    expect(valuesOf(releaseNamed(stack, "cluster-autoscaler"))).toMatchObject([
      { autoDiscovery: { clusterName: "dev-a" }, awsRegion: "ap-northeast-1" },
    ]);
  });
});

describe("Fluent Bit", () => {
  it("writes to the cluster's pod log group only, and makes none", () => {
    for (const action of ["logs:CreateLogStream", "logs:PutLogEvents"]) {
      expect(allowing(stack, action)).toEqual([onlyOn(`${cluster("podLogGroupArn")}:*`)]);
    }
    for (const action of ["logs:CreateLogGroup", "logs:PutRetentionPolicy"])
      expect(allowing(stack, action)).toEqual([]);
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
