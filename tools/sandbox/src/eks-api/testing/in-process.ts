import {
  CreateClusterCommand,
  type CreateClusterCommandInput,
  DescribeClusterCommand,
  EKSClient,
} from "@aws-sdk/client-eks";
import { type EksApi, type EksApiOptions, startEksApi } from "../server";
import { ACCOUNT_ID, clientOf, REGION } from "./landscape";
import { type MemoryAccount, memoryAccount, PRIVATE_SUBNETS, roleArn } from "./memory-account";
import { LOCAL_AWS } from "./token";

/** An API in this process, with an account in memory, and the AWS SDK to talk to it. */
export interface Running {
  readonly api: EksApi;
  readonly account: MemoryAccount;
  readonly eks: EKSClient;
  stop(): Promise<void>;
}

export async function startInProcess(options: Partial<EksApiOptions> = {}): Promise<Running> {
  const account = memoryAccount();
  const api = await startEksApi({ region: REGION, accountId: ACCOUNT_ID, awsEndpoint: LOCAL_AWS, account, ...options });
  const eks = clientOf(EKSClient, api.url);
  const stop = async () => {
    eks.destroy();
    await api.close();
  };
  return { api, account, eks, stop };
}

/** The least that EKS takes, with access entries. */
export function clusterInput(name: string, more: Partial<CreateClusterCommandInput> = {}): CreateClusterCommandInput {
  return {
    name,
    roleArn: roleArn("cluster"),
    resourcesVpcConfig: { subnetIds: PRIVATE_SUBNETS },
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
    ...more,
  };
}

/** Makes a cluster and answers it once it is ACTIVE. */
export async function makeCluster({ eks }: Running, name: string, more: Partial<CreateClusterCommandInput> = {}) {
  await eks.send(new CreateClusterCommand(clusterInput(name, more)));
  const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
  if (cluster?.status !== "ACTIVE") throw new Error(`cluster ${name} is ${cluster?.status ?? "missing"}`);
  return cluster;
}
