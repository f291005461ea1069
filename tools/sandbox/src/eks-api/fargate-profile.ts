import type { FargateProfile } from "@aws-sdk/client-eks";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { grantNodes } from "./access/automatic";
import { type Context, objectArn } from "./context";
import { requestBody, resourceName, roleArn, tags } from "./http/body";
import { EksError, refuse } from "./http/errors";
import { type Call, get, post, remove } from "./http/route";
import { podExecutionRoleProblems } from "./roles";
import type { ClusterRecord } from "./store";

/** Profiles that a cluster may have, unless AWS raises the quota. */
const MOST_PROFILES = 10;

const createRequest = requestBody({
  fargateProfileName: resourceName(100),
  podExecutionRoleArn: roleArn,
  subnets: z.array(z.string()).min(1),
  selectors: z
    .array(z.strictObject({ namespace: z.string().min(1), labels: z.record(z.string(), z.string()).optional() }))
    .min(1)
    .max(5, "a Fargate profile has 5 selectors at most"),
  tags: tags.optional(),
});

type CreateBody = z.infer<typeof createRequest>;

async function createFargateProfile(context: Context, { parameter, body }: Call<"name", CreateBody>) {
  const record = context.store.activeCluster(parameter("name"));
  await checkRequest(context, record, body);
  const { cluster, fargateProfiles } = record;
  if (fargateProfiles.names().length >= MOST_PROFILES) {
    throw new EksError(
      "ResourceLimitExceededException",
      `Cluster ${cluster.name} has ${MOST_PROFILES} Fargate profiles, the most that EKS allows.`,
    );
  }
  const { fargateProfileName, podExecutionRoleArn, subnets, selectors } = body;
  const fargateProfile = {
    fargateProfileName,
    fargateProfileArn: `${objectArn(context, "fargateprofile", cluster.name, fargateProfileName)}/${randomUUID()}`,
    clusterName: cluster.name,
    createdAt: new Date(),
    podExecutionRoleArn,
    subnets,
    selectors,
    status: "ACTIVE",
    tags: body.tags ?? {},
    health: { issues: [] },
  } satisfies FargateProfile;
  fargateProfiles.add(fargateProfileName, fargateProfile);
  grantNodes(context, record, podExecutionRoleArn, "FARGATE_LINUX");
  return { fargateProfile };
}

async function checkRequest(context: Context, { cluster }: ClusterRecord, body: CreateBody): Promise<void> {
  const { account } = context;
  const { vpcId } = cluster.resourcesVpcConfig;
  const own = (await account.network.subnets(body.subnets))
    .filter((subnet) => subnet.vpcId === vpcId)
    .map(({ id }) => id);
  const open = await account.network.publicSubnets(own, vpcId);
  const execution = { cluster: cluster.name, profile: body.fargateProfileName };
  refuse([
    ...body.subnets.filter((id) => !own.includes(id)).map((id) => `The subnet ${id} could not be found in ${vpcId}.`),
    ...open.map((id) => `Subnet ${id} provided in Fargate Profile is not a private subnet`),
    ...(await podExecutionRoleProblems(context, body.podExecutionRoleArn, execution)),
  ]);
}

function describeFargateProfile({ store }: Context, { parameter }: Call<"name" | "fargateProfileName">) {
  return { fargateProfile: store.clusters.get(parameter("name")).fargateProfiles.get(parameter("fargateProfileName")) };
}

function listFargateProfiles({ store }: Context, { parameter }: Call<"name">) {
  return { fargateProfileNames: store.clusters.get(parameter("name")).fargateProfiles.names() };
}

function deleteFargateProfile({ store }: Context, { parameter }: Call<"name" | "fargateProfileName">) {
  const { fargateProfiles } = store.clusters.get(parameter("name"));
  const fargateProfile = fargateProfiles.get(parameter("fargateProfileName"));
  fargateProfiles.delete(fargateProfile.fargateProfileName);
  return { fargateProfile: { ...fargateProfile, status: "DELETING" } };
}

const PATH = "/clusters/{name}/fargate-profiles";
const PROFILE = `${PATH}/{fargateProfileName}` as const;

export const fargateProfileRoutes = [
  post("CreateFargateProfile", PATH, createRequest, createFargateProfile),
  get("ListFargateProfiles", PATH, listFargateProfiles),
  get("DescribeFargateProfile", PROFILE, describeFargateProfile),
  remove("DeleteFargateProfile", PROFILE, deleteFargateProfile),
];
