import { CreateSubnetCommand, CreateVpcCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { checkAccount } from "@demarc/deploy";
import { awsAt, checks, run } from "@demarc/smoke";
import { dev } from "@demarc/shared/testing";
import { makeCluster, type Running, startInProcess } from "./eks-api/testing/in-process";
import { clientOf, TRUSTING_SERVICES } from "./eks-api/testing/landscape";
import { type LocalAws, startLocalAws } from "./eks-api/testing/local-aws";

/** The checks for a real account, asked of the local AWS: they get through, and fail where it lacks what they ask for. */
let local: LocalAws;
let eksApi: Running;

beforeAll(async () => {
  local = await startLocalAws();
  eksApi = await startInProcess();
});

afterAll(async () => {
  await eksApi.stop();
  await local.stop();
});

const aws = () =>
  awsAt({
    region: dev.region,
    endpoint: local.url,
    eksEndpoint: eksApi.api.url,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });

async function failing(): Promise<string[]> {
  const outcomes = await run(checks, aws(), dev);
  return outcomes.filter(({ problems }) => problems.length > 0).map(({ check }) => check.id);
}

it("they hold once the account has what they ask for, and not before", async () => {
  await checkAccount(aws(), dev);
  expect(await failing()).toEqual(["clusters", "add-ons", "node-groups", "free-addresses", "service-linked-roles"]);

  const ec2 = clientOf(EC2Client, local.url);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: "10.0.0.0/16" }));
  const Tags = [{ Key: "environment", Value: dev.name }];
  await ec2.send(
    new CreateSubnetCommand({
      VpcId: Vpc?.VpcId,
      CidrBlock: "10.0.0.0/24",
      TagSpecifications: [{ ResourceType: "subnet", Tags }],
    }),
  );
  const iam = clientOf(IAMClient, local.url);
  // AWS makes them itself, and by other names than moto does.
  for (const RoleName of ["AWSServiceRoleForAutoScaling", "AWSServiceRoleForEC2Spot"])
    await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: JSON.stringify(TRUSTING_SERVICES) }));
  await makeCluster(eksApi, "dev-a", { version: dev.clusters["a"]?.version });
  expect(await failing()).toEqual([]);
});
