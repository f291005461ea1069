import type { Environment } from "@demarc/shared/environment";
import { roleIn } from "@demarc/shared/testing";
import { addonsStack, dev, devOn } from "../testing/platform";

const arn = (service: string, resource: string) => `arn:aws:${service}:ap-northeast-1:123456789012:${resource}`;
const group = (name: string) => arn("elasticloadbalancing", `targetgroup/${name}/1`);
const bound: Environment["exposures"] = [{ kind: "target-group-binding", apps: ["storefront"] }];

/** The controller's role, where infra's stack publishes a target group for each host name in each cluster. */
function role(exposures: Environment["exposures"], environment = dev) {
  const keys = ["a/petstore", "a/storefront", "b/storefront"];
  const samples = Object.fromEntries(keys.map((key) => [`targetGroupArns["${key}"]`, group(key.replace("/", "-"))]));
  const stack = addonsStack({ ...environment, exposures });
  return roleIn(stack, "dev-a-aws-load-balancer-controller", { samples });
}

const balancer = arn("elasticloadbalancing", "loadbalancer/app/k8s-a/1");
const giving = { "aws:RequestTag/elbv2.k8s.aws/cluster": "dev-a" };

describe("the load balancer controller, where infra owns the load balancer", () => {
  it("keeps pods in the target groups of the apps that bind, in its cluster, and changes none of them", async () => {
    for (const action of ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"]) {
      await expect(role(bound)).toAllow(action, group("a-storefront"));
      await expect(role(dev.exposures)).toRefuse(action, group("a-storefront"), {}, { by: "identity policy" });
      for (const other of ["a-petstore", "b-storefront"])
        await expect(role(bound)).toRefuse(action, group(other), {}, { by: "identity policy" });
    }
    for (const action of ["ModifyTargetGroup", "ModifyTargetGroupAttributes", "DeleteTargetGroup"]) {
      const asked = `elasticloadbalancing:${action}`;
      await expect(role(bound)).toRefuse(asked, group("a-storefront"), {}, { by: "identity policy" });
    }
  });

  it("makes nothing, and opens no pods but those of Fargate", async () => {
    await expect(role(bound)).toAllow("elasticloadbalancing:DescribeTargetHealth", "*");
    await expect(role(bound)).toRefuse("elasticloadbalancing:CreateLoadBalancer", balancer, giving);
    const opens = "ec2:AuthorizeSecurityGroupIngress";
    const contract = "data.terraform_remote_state.infra-cluster-v1.outputs.cluster_v1";
    const ofTeam = (team: string) => arn("ec2", `security-group/\${${contract}.teamSecurityGroupIds.${team}}`);
    const clusters = arn("ec2", `security-group/\${${contract}.securityGroupId}`);
    await expect(role(bound)).toRefuse(opens, clusters, {}, { by: "identity policy" });
    const onFargate = role(bound, devOn("fargate"));
    await expect(onFargate).toAllow(opens, ofTeam("shop"));
    for (const other of [clusters, ofTeam("pets")])
      await expect(onFargate).toRefuse(opens, other, {}, { by: "identity policy" });
  });

  it("does both while traffic moves from one exposure to the other", async () => {
    const both = role([...dev.exposures, ...bound]);
    await expect(both).toAllow("elasticloadbalancing:RegisterTargets", group("a-storefront"));
    await expect(both).toAllow("elasticloadbalancing:CreateLoadBalancer", balancer, giving);
  });
});
