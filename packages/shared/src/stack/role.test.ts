import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { App, TerraformStack } from "cdktf";
import { dev, roleIn, synthesized, type SynthesizedStack } from "../testing";
import { allow, trustService } from "../iam";
import { infra, k8sPlatform, type Workspace } from "../workspace";
import { WorkspaceRole, WorkspaceStack } from ".";

const LOGS = "arn:aws:logs:ap-northeast-1:123456789012:log-group:nodes:log-stream:one";

function stackWithRole(workspace: Workspace): SynthesizedStack {
  const { "dev-thing": stack } = synthesized((app, environment) => {
    const stack = new WorkspaceStack(app, { workspace, stack: "thing", environment });
    const role = new WorkspaceRole(stack, "nodes", {
      name: "dev-nodes",
      description: "Nodes",
      trust: trustService("ec2.amazonaws.com"),
      permissions: [allow("logs:PutLogEvents").on(LOGS)],
      managedPolicies: ["AmazonEKSWorkerNodePolicy", "service-role/AmazonEBSCSIDriverPolicy"],
    });
    if (workspace === infra) new SqsQueue(stack, "user", { dependsOn: [...role.policies] });
  }, dev);
  if (stack === undefined) throw new Error("the stack has another name");
  return stack;
}

describe("a workspace's role", () => {
  it("has the policies that AWS keeps, beside its own", async () => {
    const stack = stackWithRole(infra);
    expect(stack.resources("aws_iam_role_policy_attachment").map(({ policy_arn }) => policy_arn)).toEqual([
      "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
      "arn:aws:iam::aws:policy/service-role/AmazonEBSCSIDriverPolicy",
    ]);
    const role = roleIn(stack, "dev-nodes");
    await expect(role).toAllow("logs:PutLogEvents", LOGS);
    await expect(role).toRefuse("logs:PutLogEvents", `${LOGS}-2`, {}, { by: "identity policy" });
    await expect(role).toAllow("ec2:DescribeInstances", "*");
    await expect(role).toTrust({ service: "ec2.amazonaws.com" });
    await expect(role).not.toTrust({ service: "eks.amazonaws.com" });
  });

  it("can be waited for until it may do what it is for", () => {
    expect(stackWithRole(infra).resource("aws_sqs_queue")["depends_on"]).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\./),
      expect.stringMatching(/^aws_iam_role_policy_attachment\./),
      expect.stringMatching(/^aws_iam_role_policy_attachment\./),
    ]);
  });

  it("has no policies of AWS's outside infra: they are wider than what a team may hand out", () => {
    expect(() => stackWithRole(k8sPlatform)).toThrow("k8s-platform may not create aws_iam_role_policy_attachment");
  });
});

it("refuses a role that stands in no stack of a workspace: it would have no path and no boundary", () => {
  const stack = new TerraformStack(new App(), "other");
  const props = { name: "other", description: "Other", trust: trustService("ec2.amazonaws.com") };
  expect(() => new WorkspaceRole(stack, "role", props)).toThrow("other/role stands in no stack of a workspace");
});
