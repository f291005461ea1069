import { DescribeInstancesCommand, DescribeVolumesCommand, EC2Client } from "@aws-sdk/client-ec2";
import { bastionStack } from "@demarc/infra/src/testing/bastion";
import { z } from "zod";
import { clientOf, REGION } from "../eks-api/testing/landscape";
import { type LocalAws, startLocalAws } from "../eks-api/testing/local-aws";
import { NO_CHANGES } from "../eks-api/testing/terraform";
import { describeWithTerraform } from "../eks-api/testing/with-terraform";
import { contractsAsLocals } from "./testing/contracts-as-locals";

/** What the stacks before it made: network, key, boundary, and the security group that EKS makes of a cluster. */
const others = {
  provider: { aws: { region: REGION } },
  resource: {
    aws_vpc: { any: { cidr_block: "10.1.0.0/16" } },
    aws_subnet: { any: { vpc_id: "${aws_vpc.any.id}", cidr_block: "10.1.0.0/24" } },
    aws_kms_key: { any: {} },
    aws_security_group: { api: { name: "eks-cluster-sg-dev-a", vpc_id: "${aws_vpc.any.id}" } },
    aws_iam_policy: {
      boundary: {
        name: "boundary",
        policy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] }),
      },
    },
  },
  locals: {
    network_v2: { vpcId: "${aws_vpc.any.id}", privateSubnetIds: ["${aws_subnet.any.id}"] },
    keys_v1: { logKeyArn: "${aws_kms_key.any.arn}" },
    cluster_v1: { securityGroupId: "${aws_security_group.api.id}" },
  },
};

const parts = z.object({ resource: z.record(z.string(), z.unknown()) });

/** The stack without what EKS would answer, in one state with what it refers to. */
function partsOf(ami: string): object {
  const { resource } = parts.parse(bastionStack(ami).json);
  const inAws = Object.entries(resource).filter(([type]) => !type.startsWith("aws_eks_"));
  const text = contractsAsLocals(JSON.stringify({ resource: Object.fromEntries(inAws) })).replaceAll(
    /"permissions_boundary":"[^"]*"/g,
    '"permissions_boundary":"${aws_iam_policy.boundary.arn}"',
  );
  return JSON.parse(text) as object;
}

describeWithTerraform("a bastion, through Terraform's AWS provider", (terraform) => {
  let aws: LocalAws;
  let endpoints: Record<string, string>;
  let ec2: EC2Client;

  beforeAll(async () => {
    aws = await startLocalAws();
    endpoints = { AWS_ENDPOINT_URL: aws.url };
    ec2 = clientOf(EC2Client, aws.url);
    terraform.write("others", others);
    terraform.write("bastion", partsOf("ami-0abcdef1234567890"));
  });

  afterAll(() => aws.stop());

  vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

  async function machine() {
    const { Reservations = [] } = await ec2.send(
      new DescribeInstancesCommand({ Filters: [{ Name: "instance-state-name", Values: ["running"] }] }),
    );
    const [only, ...more] = Reservations.flatMap(({ Instances = [] }) => Instances);
    expect(more).toEqual([]);
    return only;
  }

  // One life, told in order: each step needs what the one before made.
  it("is made with all that its settings say, and the next plan is empty", async () => {
    await terraform.apply(endpoints);
    expect(await terraform.plan(endpoints)).toMatchObject({ exitCode: NO_CHANGES });

    const found = await machine();
    expect(found).toMatchObject({
      ImageId: "ami-0abcdef1234567890",
      EbsOptimized: true,
      Monitoring: { State: "enabled" },
      MetadataOptions: { HttpTokens: "required", HttpPutResponseHopLimit: 1 },
      IamInstanceProfile: { Arn: expect.stringMatching(/:instance-profile\/demarc\/dev\/infra\/dev-a-bastion$/) },
      RootDeviceName: "/dev/xvda",
    });
    expect(found).not.toHaveProperty("PublicIpAddress");
    const { Volumes } = await ec2.send(new DescribeVolumesCommand({}));
    expect(Volumes).toMatchObject([{ Encrypted: true, VolumeType: "gp3", Attachments: [{ Device: "/dev/xvda" }] }]);
  });

  it("is made anew for another image, and keeps nothing of the first", async () => {
    const { InstanceId } = (await machine()) ?? {};
    terraform.write("bastion", partsOf("ami-0fedcba9876543210"));
    await terraform.apply(endpoints);
    expect(await terraform.plan(endpoints)).toMatchObject({ exitCode: NO_CHANGES });
    const after = await machine();
    expect(after?.ImageId).toBe("ami-0fedcba9876543210");
    expect(after?.InstanceId).not.toBe(InstanceId);
  });

  it("goes, and leaves its log alone", async () => {
    await terraform.destroy(endpoints);
    // Its log outlives it: `retain.logs`.
    expect(await aws.inventory()).toEqual(["logs log-group /demarc/dev-a/bastion"]);
  });
});
