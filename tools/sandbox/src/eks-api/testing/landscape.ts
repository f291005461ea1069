import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";

export const REGION = "ap-northeast-1";
export const ACCOUNT_ID = "123456789012";

/** Trust policy of a role for every purpose that EKS has for roles. */
export const TRUSTING_SERVICES = {
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: {
      Service: ["eks.amazonaws.com", "ec2.amazonaws.com", "eks-fargate-pods.amazonaws.com", "pods.eks.amazonaws.com"],
    },
    Action: ["sts:AssumeRole", "sts:TagSession"],
  },
};

/** What a cluster needs around it, made in the local AWS before the test. */
export interface Landscape {
  readonly vpcId: string;
  /** In two zones. */
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** With versions 1 and 2. */
  readonly launchTemplateId: string;
  /** ARN of the role of a name, which exists. */
  readonly role: (name: string) => string;
}

/** @param roles names of IAM roles to make, which trust EKS and EC2 */
export async function makeLandscape(awsEndpoint: string, roles: readonly string[]): Promise<Landscape> {
  const ec2 = clientOf(EC2Client, awsEndpoint);
  const vpcId = present((await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }))).Vpc?.VpcId);
  const subnetIds = await Promise.all(
    ["a", "c"].map(async (zone, index) => {
      const subnet = { VpcId: vpcId, CidrBlock: `10.0.${index}.0/24`, AvailabilityZone: `${REGION}${zone}` };
      return present((await ec2.send(new CreateSubnetCommand(subnet))).Subnet?.SubnetId);
    }),
  );
  const group = { VpcId: vpcId, GroupName: "extra", Description: "An extra group for control planes" };
  const securityGroupId = present((await ec2.send(new CreateSecurityGroupCommand(group))).GroupId);
  const template = {
    LaunchTemplateName: "nodes",
    LaunchTemplateData: { MetadataOptions: { HttpTokens: "required" } },
  } as const;
  const made = await ec2.send(new CreateLaunchTemplateCommand(template));
  await ec2.send(new CreateLaunchTemplateVersionCommand({ ...template, SourceVersion: "1" }));
  await Promise.all(roles.map((name) => makeRole(awsEndpoint, name)));
  return {
    vpcId,
    subnetIds,
    securityGroupId,
    launchTemplateId: present(made.LaunchTemplate?.LaunchTemplateId),
    role: (name) => `arn:aws:iam::${ACCOUNT_ID}:role/${name}`,
  };
}

/** An SDK client of the local AWS. */
export function clientOf<Client>(
  constructor: new (options: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  }) => Client,
  endpoint: string,
): Client {
  return new constructor({ endpoint, region: REGION, credentials: { accessKeyId: "test", secretAccessKey: "test" } });
}

async function makeRole(awsEndpoint: string, name: string): Promise<void> {
  const AssumeRolePolicyDocument = JSON.stringify(TRUSTING_SERVICES);
  await queryIam(awsEndpoint, "iam", {
    Action: "CreateRole",
    Version: "2010-05-08",
    RoleName: name,
    AssumeRolePolicyDocument,
  });
}

/** Gives a role one of AWS's policies, by its name. */
export async function attachPolicy(awsEndpoint: string, role: string, policy: string): Promise<void> {
  await queryIam(awsEndpoint, "iam", {
    Action: "AttachRolePolicy",
    Version: "2010-05-08",
    RoleName: role,
    PolicyArn: `arn:aws:iam::aws:policy/${policy}`,
  });
}

/**
 * Asks IAM or STS of the local AWS by their query protocol; answers XML.
 *
 * @throws Error with the answer when it is a refusal
 */
export async function queryIam(
  awsEndpoint: string,
  service: "iam" | "sts",
  query: Record<string, string>,
): Promise<string> {
  const scope = `test/20000101/us-east-1/${service}/aws4_request`;
  const answer = await fetch(awsEndpoint, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none` },
    body: new URLSearchParams(query),
  });
  const xml = await answer.text();
  if (!answer.ok) throw new Error(`${query["Action"] ?? service} failed: ${xml}`);
  return xml;
}

function present<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error("the local AWS left an id out");
  return value;
}
