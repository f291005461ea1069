import { devReachedBy, roleIn, type SynthesizedStack } from "@demarc/shared/testing";
import publishedPolicy from "../testing/aws-load-balancer-controller-policy.json";
import { charts } from "../versions";
import { addonsStack, releaseNamed, valuesOf } from "../testing/platform";

let stack: SynthesizedStack;
beforeAll(() => {
  stack = addonsStack();
});

const arn = (service: string, resource: string) => `arn:aws:${service}:ap-northeast-1:123456789012:${resource}`;

/** Where every load balancer has a web ACL of infra's. */
const GUARDED = devReachedBy({ kind: "alb-ingress", scheme: "internet-facing", waf: true });

/** Values of the controller's chart. */
function values(): unknown {
  return valuesOf(releaseNamed(stack, "aws-load-balancer-controller"))[0];
}

describe("the load balancer controller", () => {
  it("makes no ingress class: each team has its own, by the tenancy stack", () => {
    expect(values()).toMatchObject({ createIngressClassResource: false, ingressClassParams: { create: false } });
  });

  it("is not asked for every Service, and leaves WAF and Shield to whoever attached them", () => {
    expect(values()).toMatchObject({
      enableServiceMutatorWebhook: false,
      enableShield: false,
      enableWaf: false,
      enableWafv2: false,
    });
  });

  it("puts web ACLs in front of its load balancers where the classes name one", () => {
    const [guarded] = valuesOf(releaseNamed(addonsStack(GUARDED), "aws-load-balancer-controller"));
    expect(guarded).toMatchObject({ enableShield: false, enableWaf: false, enableWafv2: true });
  });

  it("is told its region and VPC: pods cannot ask the node", () => {
    expect(values()).toMatchObject({
      clusterName: "dev-a",
      region: "ap-northeast-1",
      vpcId: "${data.terraform_remote_state.infra-network-v2.outputs.network_v2.vpcId}",
    });
  });

  it("tags what it makes like everything else", () => {
    expect(values()).toMatchObject({ defaultTags: { environment: "dev", team: "platform" } });
  });
});

describe("its role", () => {
  const role = () => roleIn(stack, "dev-a-aws-load-balancer-controller");
  const elb = (resource: string) => arn("elasticloadbalancing", resource);
  const [loadBalancer, targetGroup] = [elb("loadbalancer/app/k8s-a/1"), elb("targetgroup/k8s-a/1")];
  const tagged = (cluster: string) => ({ "aws:ResourceTag/elbv2.k8s.aws/cluster": cluster });
  const giving = (cluster: string) => ({ "aws:RequestTag/elbv2.k8s.aws/cluster": cluster });

  it.each([
    ["elasticloadbalancing:DeleteLoadBalancer", loadBalancer],
    ["elasticloadbalancing:CreateListener", loadBalancer],
    ["elasticloadbalancing:DeleteTargetGroup", targetGroup],
    ["elasticloadbalancing:RegisterTargets", targetGroup],
    ["ec2:AuthorizeSecurityGroupIngress", arn("ec2", "security-group/sg-1")],
    ["ec2:DeleteSecurityGroup", arn("ec2", "security-group/sg-1")],
  ])("may do %s to what bears this cluster's tag only", async (action, resource) => {
    await expect(role()).toAllow(action, resource, tagged("dev-a"));
    for (const other of [tagged("dev-b"), {}])
      await expect(role()).toRefuse(action, resource, other, { by: "identity policy" });
  });

  it.each([
    ["elasticloadbalancing:CreateLoadBalancer", loadBalancer],
    ["elasticloadbalancing:CreateTargetGroup", targetGroup],
    ["ec2:CreateSecurityGroup", arn("ec2", "security-group/sg-1")],
  ])("makes nothing without this cluster's tag: %s", async (action, resource) => {
    await expect(role()).toAllow(action, resource, giving("dev-a"));
    for (const other of [giving("dev-b"), {}])
      await expect(role()).toRefuse(action, resource, other, { by: "identity policy" });
  });

  it("opens this cluster's nodes, and no load balancer but an ALB", async () => {
    const nodes = "${data.terraform_remote_state.infra-cluster-v1.outputs.cluster_v1.securityGroupId}";
    await expect(role()).toAllow("ec2:AuthorizeSecurityGroupIngress", arn("ec2", `security-group/${nodes}`));
    await expect(role()).toRefuse("ec2:DeleteSecurityGroup", arn("ec2", `security-group/${nodes}`));
    const network = elb("loadbalancer/net/k8s-a/1");
    await expect(role()).toRefuse("elasticloadbalancing:DeleteLoadBalancer", network, tagged("dev-a"));
  });

  it("cannot give this cluster's tag to what it did not make", async () => {
    const action = "elasticloadbalancing:AddTags";
    const making = { "elasticloadbalancing:CreateAction": "CreateTargetGroup" };
    await expect(role()).toAllow(action, targetGroup, { ...giving("dev-a"), ...making });
    await expect(role()).toRefuse(action, targetGroup, giving("dev-a"), { by: "identity policy" });
    await expect(role()).toRefuse(action, targetGroup, { ...giving("dev-a"), ...tagged("dev-a") });
    await expect(role()).toAllow(action, targetGroup, { "aws:RequestTag/owner": "a", ...tagged("dev-a") });
  });
});

/** What the published policy allows and ours does not, each with its reason. */
const leftOut: Readonly<Record<string, string>> = {
  "acm:DescribeCertificate": "certificates are not discovered: the ingress class names one",
  "acm:ListCertificates": "certificates are not discovered: the ingress class names one",
  "cognito-idp:DescribeUserPoolClient": "admission refuses authentication by the ALB (annotation auth-*)",
  "ec2:DescribeAddresses": "elastic addresses are for NLBs, which teams may not make",
  "ec2:DescribeCoipPools": "for Outposts",
  "ec2:DescribeIpamPools": "addresses come from no IPAM pool",
  "ec2:GetCoipPoolUsage": "for Outposts",
  "elasticloadbalancing:DescribeCapacityReservation": "capacity is reserved for no load balancer",
  "elasticloadbalancing:DescribeTrustStores":
    "admission refuses client certificates (annotation mutual-authentication)",
  "elasticloadbalancing:ModifyCapacityReservation": "capacity is reserved for no load balancer",
  "elasticloadbalancing:ModifyIpPools": "addresses come from no IPAM pool",
  "elasticloadbalancing:SetWebAcl": "no class names a web ACL (waf of the exposure)",
  "iam:GetServerCertificate": "certificates are ACM's",
  "iam:ListServerCertificates": "certificates are ACM's",
  "shield:CreateProtection": "Shield is attached outside of the controller (enableShield)",
  "shield:DeleteProtection": "Shield is attached outside of the controller (enableShield)",
  "shield:DescribeProtection": "Shield is attached outside of the controller (enableShield)",
  "shield:GetSubscriptionState": "Shield is attached outside of the controller (enableShield)",
  "waf-regional:AssociateWebACL": "WAF is attached outside of the controller (enableWaf)",
  "waf-regional:DisassociateWebACL": "WAF is attached outside of the controller (enableWaf)",
  "waf-regional:GetWebACL": "WAF is attached outside of the controller (enableWaf)",
  "waf-regional:GetWebACLForResource": "WAF is attached outside of the controller (enableWaf)",
  "wafv2:AssociateWebACL": "no class names a web ACL (waf of the exposure)",
  "wafv2:DisassociateWebACL": "no class names a web ACL (waf of the exposure)",
  "wafv2:GetWebACL": "no class names a web ACL (waf of the exposure)",
  "wafv2:GetWebACLForResource": "no class names a web ACL (waf of the exposure)",
};

interface PolicyStatement {
  readonly Action: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

const list = (value: string | readonly string[]): readonly string[] => (typeof value === "string" ? [value] : value);

function statementsOf(policy: unknown): readonly PolicyStatement[] {
  return (policy as { Statement: readonly PolicyStatement[] }).Statement;
}

function actionsOf(statements: readonly PolicyStatement[]): string[] {
  return [...new Set(statements.flatMap(({ Action }) => list(Action)))].sort();
}

/** Whether each condition of theirs is one of ours: a tag that has to be there is, for us, one of a certain value. */
function asNarrow(ours: PolicyStatement, theirs: PolicyStatement): boolean {
  return Object.entries(theirs.Condition ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, values]) => {
      if (operator === "Null" && values === "false") return ours.Condition?.["StringEquals"]?.[key] !== undefined;
      const given = ours.Condition?.[operator]?.[key];
      return given !== undefined && list(given).every((value) => list(values).includes(value));
    }),
  );
}

describe("where every load balancer has a web ACL of infra's, its role", () => {
  const role = () => roleIn(addonsStack(GUARDED), "dev-a-aws-load-balancer-controller");
  const webAcl = "${data.terraform_remote_state.infra-webAcl-v1.outputs.webAcl_v1.webAclArn}";
  const elb = (name: string) => arn("elasticloadbalancing", `loadbalancer/app/${name}/1`);

  it("puts that one, and no other, in front of the load balancers of the cluster's Ingresses", async () => {
    for (const on of [webAcl, elb("k8s-devapets-0123456789")]) {
      await expect(role()).toAllow("wafv2:AssociateWebACL", on);
      await expect(role()).toAllow("wafv2:GetWebACLForResource", on);
    }
    for (const on of [arn("wafv2", "regional/webacl/another/1"), elb("dev-edge"), elb("k8s-devbpets-0123456789")])
      await expect(role()).toRefuse("wafv2:AssociateWebACL", on, {}, { by: "identity policy" });
    await expect(role()).toAllow("elasticloadbalancing:SetWebAcl", "*");
  });

  it("takes none away, and changes none", async () => {
    await expect(role()).toRefuse("wafv2:DisassociateWebACL", elb("k8s-devapets-0123456789"));
    await expect(role()).toRefuse("wafv2:UpdateWebACL", webAcl);
  });

  it("may do nothing that its project's policy does not have", () => {
    const policies = addonsStack(GUARDED)
      .resources("aws_iam_role_policy")
      .map((policy) => String(policy["policy"]));
    const ours = statementsOf(JSON.parse(String(policies.find((text) => text.includes("CreateLoadBalancer")))));
    const published = actionsOf(statementsOf(publishedPolicy.document));
    expect(actionsOf(ours).filter((action) => !published.includes(action))).toEqual([]);
    expect(actionsOf(ours)).toEqual(
      expect.arrayContaining(["wafv2:AssociateWebACL", "elasticloadbalancing:SetWebAcl"]),
    );
  });
});

describe("beside the policy that the controller's project publishes, its role", () => {
  let published: readonly PolicyStatement[];
  let ours: readonly PolicyStatement[];
  beforeAll(() => {
    published = statementsOf(publishedPolicy.document);
    const policies = stack.resources("aws_iam_role_policy").map((policy) => String(policy["policy"]));
    ours = statementsOf(JSON.parse(String(policies.find((text) => text.includes("CreateLoadBalancer")))));
  });

  it("is compared with that of the release that is installed", () => {
    expect(publishedPolicy.version).toBe(`v${charts.awsLoadBalancerController.version}`);
  });

  it("lacks nothing but what is left out for a reason", () => {
    const missing = actionsOf(published).filter((action) => !actionsOf(ours).includes(action));
    expect(missing).toEqual(Object.keys(leftOut).sort());
  });

  it("may do nothing more", () => {
    expect(actionsOf(ours).filter((action) => !actionsOf(published).includes(action))).toEqual([]);
  });

  it("is at least as narrow, action by action", () => {
    const wider = ours.flatMap((statement) =>
      list(statement.Action).filter(
        (action) => !published.some((other) => list(other.Action).includes(action) && asNarrow(statement, other)),
      ),
    );
    expect(wider).toEqual([]);
  });
});
