import { CreateTagsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateClusterCommand, DescribeClusterCommand, EKSClient } from "@aws-sdk/client-eks";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { setTimeout as sleep } from "node:timers/promises";
import { startEksApi } from "../../eks-api/server";
import {
  ACCOUNT_ID,
  attachPolicy,
  clientOf,
  type Landscape,
  makeLandscape,
  REGION,
} from "../../eks-api/testing/landscape";
import { type LocalAws, startLocalAws } from "../../eks-api/testing/local-aws";
import { startJudgedAws } from "../../judge/testing/judged-aws";
import { CLUSTER, testControlPlane } from "../../kubernetes/testing/running-control-plane";
import { nodeObject } from "../../nodes/node";
import type { MakeActor } from "../actor";
import { KubernetesClient } from "../kubernetes/client";
import { kinds } from "../kubernetes/kinds";

/** A cluster of the EKS API with a real control plane, one node, and the local AWS around it. */
export interface RunningCluster {
  readonly name: string;
  readonly aws: LocalAws;
  readonly landscape: Landscape;
  readonly eks: EKSClient;
  readonly ec2: EC2Client;
  readonly elb: ElasticLoadBalancingV2Client;
  /** An administrator's. */
  readonly kubernetes: KubernetesClient;
  stop(): Promise<void>;
}

/**
 * @param roles names of IAM roles that are there @param more of the request for the cluster
 * @param policies names of AWS's policies that its role has: calls of roles are judged then. @default all are served
 */
export async function runCluster(
  actors: readonly MakeActor[],
  roles: readonly string[],
  more: object = {},
  policies: readonly string[] = [],
): Promise<RunningCluster> {
  // What was started, the last first: all of it is ended where the next thing does not start.
  const ends: (() => unknown)[] = [];
  const stop = async () => {
    for (const end of ends.splice(0)) await end();
  };
  try {
    const aws = await (policies.length === 0 ? startLocalAws() : startJudgedAws());
    ends.unshift(() => aws.stop());
    const landscape = await makeLandscape(aws.url, ["cluster", ...roles]);
    for (const policy of policies) await attachPolicy(aws.url, "cluster", policy);
    const { plane, remove } = await testControlPlane();
    ends.unshift(remove);
    const options = { region: REGION, accountId: ACCOUNT_ID, awsEndpoint: aws.url };
    const api = await startEksApi({ ...options, controlPlane: () => plane, actors });
    ends.unshift(() => api.close());
    const eks = clientOf(EKSClient, api.url);
    const ec2 = clientOf(EC2Client, aws.url);
    const elb = clientOf(ElasticLoadBalancingV2Client, aws.url);
    for (const client of [eks, ec2, elb]) ends.unshift(() => client.destroy());
    await tagSubnets(ec2, landscape);
    await createCluster(eks, landscape, more);
    const kubernetes = new KubernetesClient(plane.connection(CLUSTER), "test");
    ends.unshift(() => kubernetes.close());
    await kubernetes.create(kinds.nodes, nodeObject(NODE));
    return { name: CLUSTER, aws, landscape, eks, ec2, elb, kubernetes, stop };
  } catch (fault) {
    await stop();
    throw fault;
  }
}

/** Creates it, and waits until it is ACTIVE. */
async function createCluster(eks: EKSClient, landscape: Landscape, more: object): Promise<void> {
  await eks.send(
    new CreateClusterCommand({
      name: CLUSTER,
      roleArn: landscape.role("cluster"),
      resourcesVpcConfig: { subnetIds: [...landscape.subnetIds] },
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      ...more,
    }),
  );
  await until("the cluster is ACTIVE", async () => {
    const { cluster } = await eks.send(new DescribeClusterCommand({ name: CLUSTER }));
    if (cluster?.status === "FAILED") throw new Error(JSON.stringify(cluster.health));
    return cluster?.status === "ACTIVE";
  });
}

const SIZE = { cpu: "8", memory: "32Gi", "ephemeral-storage": "100Gi", pods: "100" };

const NODE = {
  name: "node-a",
  region: REGION,
  zone: `${REGION}a`,
  architecture: "amd64",
  privateIp: "10.0.0.10",
  providerId: `aws:///${REGION}a/i-0123456789abcdef0`,
  podCidr: "10.0.0.128/25",
  labels: {},
  taints: [],
  capacity: SIZE,
  allocatable: SIZE,
  kubeletVersion: "v1.35.4",
} as const;

/** For load balancers of both kinds. */
async function tagSubnets(ec2: EC2Client, { subnetIds }: Landscape): Promise<void> {
  const Tags = ["elb", "internal-elb"].map((role) => ({ Key: `kubernetes.io/role/${role}`, Value: "1" }));
  await ec2.send(new CreateTagsCommand({ Resources: [...subnetIds], Tags }));
}

/** Waits until something is so. @throws Error that says what, some seconds later */
export async function until(what: string, isSo: () => Promise<boolean>, seconds = 30): Promise<void> {
  const patience = Date.now() + seconds * 1_000;
  while (!(await isSo())) {
    if (Date.now() > patience) throw new Error(`${String(seconds)} s later it is still not so that ${what}`);
    await sleep(100);
  }
}
