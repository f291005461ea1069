import { roleIn } from "@demarc/shared/testing";
import { bastionStack } from "../testing/bastion";
import { problemsOf } from "../testing/problems";
import { bastionSettings } from "./settings";

const ami = "ami-0abcdef1234567890";

const stack = bastionStack(ami);
const cluster = "${data.terraform_remote_state.infra-cluster-v1.outputs.cluster_v1.name}";

describe("the bastion", () => {
  it("has no public address, no key, and credentials that one hop alone reads", () => {
    const machine = stack.resource("aws_instance");
    expect(machine).toMatchObject({
      ami,
      associate_public_ip_address: false,
      metadata_options: { http_tokens: "required", http_put_response_hop_limit: 1 },
      root_block_device: { encrypted: true },
      subnet_id: expect.stringContaining("network_v2.privateSubnetIds"),
      tags: { "demarc-bastion-of": "dev-a" },
    });
    expect(machine).not.toHaveProperty("key_name");
  });

  it("lets nobody in, and reaches TLS alone", () => {
    const own = stack.resource("aws_security_group");
    expect(own).not.toHaveProperty("ingress");
    expect(stack.resources("aws_vpc_security_group_egress_rule")).toMatchObject([
      { ip_protocol: "tcp", from_port: 443, to_port: 443 },
    ]);
    // The only rule that lets in is the cluster's own.
    expect(stack.resources("aws_vpc_security_group_ingress_rule")).toMatchObject([
      {
        security_group_id: expect.stringMatching(/cluster_v1\.securityGroupId\}$/),
        referenced_security_group_id: expect.stringMatching(/^\$\{aws_security_group\./),
        from_port: 443,
        to_port: 443,
      },
    ]);
  });

  it("only looks in the cluster, by a role that an access entry maps", () => {
    expect(stack.resource("aws_eks_access_entry")).toMatchObject({
      cluster_name: cluster,
      principal_arn: expect.stringMatching(/^\$\{aws_iam_role\./),
    });
    expect(stack.resource("aws_eks_access_policy_association")).toMatchObject({
      policy_arn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
      access_scope: { type: "cluster" },
    });
    expect(stack.resource("aws_eks_access_entry")).not.toHaveProperty("kubernetes_groups");
  });

  it("writes sessions to its own log group and no other, and starts none itself", async () => {
    const role = roleIn(stack, "dev-a-bastion");
    const group = "arn:aws:logs:ap-northeast-1:123456789012:log-group:";
    await expect(role).toAllow("logs:PutLogEvents", `${group}/demarc/dev-a/bastion:log-stream:somebody`);
    await expect(role).toRefuse("logs:PutLogEvents", `${group}/demarc/dev-a/pods:log-stream:somebody`);
    await expect(role).toRefuse("ssm:StartSession", "arn:aws:ec2:ap-northeast-1:123456789012:instance/i-1");
  });
});

describe("a session", () => {
  it("with a shell is recorded, encrypted, and ends", () => {
    const document = stack.resource("aws_ssm_document");
    expect(document).toMatchObject({ name: "dev-a-bastion", document_type: "Session" });
    expect(JSON.parse(String(document["content"]))).toMatchObject({
      sessionType: "Standard_Stream",
      inputs: { cloudWatchEncryptionEnabled: true, idleSessionTimeout: "15", maxSessionDuration: "60" },
    });
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
      name: "/demarc/dev-a/bastion",
      retention_in_days: 365,
      kms_key_id: expect.stringMatching(/keys_v1\.logKeyArn\}$/),
    });
  });

  it("is started on this bastion alone, by two documents alone, and ended by who started it", () => {
    const { sessionPolicy } = stack.outputs["bastion_v1"] as { readonly sessionPolicy: string };
    const { Statement } = JSON.parse(sessionPolicy) as { readonly Statement: readonly object[] };
    expect(Statement).toEqual([
      {
        Effect: "Allow",
        Action: ["ssm:StartSession"],
        Resource: ["arn:aws:ec2:ap-northeast-1:123456789012:instance/*"],
        Condition: {
          StringEquals: { "ssm:resourceTag/demarc-bastion-of": "dev-a" },
          BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" },
        },
      },
      {
        Effect: "Allow",
        Action: ["ssm:StartSession"],
        Resource: [
          "arn:aws:ssm:ap-northeast-1::document/AWS-StartPortForwardingSessionToRemoteHost",
          "arn:aws:ssm:ap-northeast-1:123456789012:document/dev-a-bastion",
        ],
      },
      {
        Effect: "Allow",
        Action: ["ssm:ResumeSession", "ssm:TerminateSession"],
        Resource: ["arn:aws:ssm:ap-northeast-1:123456789012:session/$${aws:userid}-*"],
      },
    ]);
  });
});

it("its settings take an image by its id alone", () => {
  expect(problemsOf(bastionSettings, { ami })).toEqual([]);
  expect(problemsOf(bastionSettings, {})).toEqual([expect.stringMatching(/^ami: .*must be the id of an image/)]);
  expect(problemsOf(bastionSettings, { ami: "resolve:ssm:/aws/service" })).toHaveLength(1);
});
