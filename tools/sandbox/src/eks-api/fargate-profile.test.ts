import {
  CreateFargateProfileCommand,
  type CreateFargateProfileCommandInput,
  DeleteFargateProfileCommand,
  DescribeAccessEntryCommand,
  DescribeFargateProfileCommand,
  ListFargateProfilesCommand,
} from "@aws-sdk/client-eks";
import { makeCluster, type Running, startInProcess } from "./testing/in-process";
import { PRIVATE_SUBNETS, roleArn } from "./testing/memory-account";

let running: Running;

beforeEach(async () => {
  running = await startInProcess();
  await makeCluster(running, "dev");
});

afterEach(async () => {
  await running.stop();
});

async function create(more: Partial<CreateFargateProfileCommandInput> = {}) {
  const profile = {
    clusterName: "dev",
    fargateProfileName: "shop",
    podExecutionRoleArn: roleArn("pods"),
    subnets: PRIVATE_SUBNETS,
    selectors: [{ namespace: "shop" }],
    ...more,
  };
  return (await running.eks.send(new CreateFargateProfileCommand(profile))).fargateProfile;
}

const SHOP = { clusterName: "dev", fargateProfileName: "shop" };
const describeShop = async () => (await running.eks.send(new DescribeFargateProfileCommand(SHOP))).fargateProfile;

it("is ACTIVE as it was asked for, and lets its pods' nodes in", async () => {
  const selectors = [{ namespace: "shop", labels: { compute: "fargate" } }, { namespace: "shop-*" }];
  await create({ selectors });
  expect(await describeShop()).toMatchObject({ status: "ACTIVE", selectors, subnets: PRIVATE_SUBNETS });
  const entry = { clusterName: "dev", principalArn: roleArn("pods") };
  const { accessEntry } = await running.eks.send(new DescribeAccessEntryCommand(entry));
  expect(accessEntry).toMatchObject({ type: "FARGATE_LINUX" });
});

it.each<[string, Partial<CreateFargateProfileCommandInput>]>([
  ["Subnet subnet-public-a provided in Fargate Profile is not a private subnet", { subnets: ["subnet-public-a"] }],
  ["The subnet subnet-elsewhere-c could not be found in vpc-main.", { subnets: ["subnet-elsewhere-c"] }],
  ["role/missing was not found", { podExecutionRoleArn: roleArn("missing") }],
  ["5 selectors at most", { selectors: Array.from({ length: 6 }, (_, index) => ({ namespace: `shop-${index}` })) }],
])("is refused: %s", async (message, more) => {
  await expect(create(more)).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: expect.stringContaining(message),
  });
});

it("is one of ten at most", async () => {
  for (let index = 0; index < 10; index++) await create({ fargateProfileName: `shop-${index}` });
  await expect(create()).rejects.toMatchObject({ name: "ResourceLimitExceededException" });
});

it("is refused when its name is taken", async () => {
  await create();
  await expect(create()).rejects.toMatchObject({ name: "ResourceInUseException" });
});

it("is gone at once when it is deleted", async () => {
  await create();
  await running.eks.send(new DeleteFargateProfileCommand(SHOP));
  await expect(describeShop()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  expect((await running.eks.send(new ListFargateProfilesCommand(SHOP))).fargateProfileNames).toEqual([]);
});
