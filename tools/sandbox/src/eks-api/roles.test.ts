import {
  CreateClusterCommand,
  CreateFargateProfileCommand,
  CreateNodegroupCommand,
  UpdateClusterConfigCommand,
} from "@aws-sdk/client-eks";
import { clusterInput, makeCluster, type Running, startInProcess } from "./testing/in-process";
import { ACCOUNT_ID, REGION } from "./testing/landscape";
import { PRIVATE_SUBNETS, roleArn } from "./testing/memory-account";

const CLUSTER = "dev";
const ROLE = roleArn("tried");

const AUTO_MODE = {
  computeConfig: { enabled: true, nodePools: ["system"], nodeRoleArn: roleArn("nodes") },
  kubernetesNetworkConfig: { elasticLoadBalancing: { enabled: true } },
  storageConfig: { blockStorage: { enabled: true } },
};

/** What EKS is asked to use the role for. */
const uses = {
  cluster: ({ eks }: Running) => eks.send(new CreateClusterCommand(clusterInput("other", { roleArn: ROLE }))),
  "Auto Mode": ({ eks }: Running) =>
    eks.send(
      new CreateClusterCommand(
        clusterInput("other", { roleArn: ROLE, bootstrapSelfManagedAddons: false, ...AUTO_MODE }),
      ),
    ),
  "nodes of Auto Mode": ({ eks }: Running) => {
    const computeConfig = { ...AUTO_MODE.computeConfig, nodeRoleArn: ROLE };
    return eks.send(new UpdateClusterConfigCommand({ name: CLUSTER, ...AUTO_MODE, computeConfig }));
  },
  nodes: ({ eks }: Running) => {
    const group = { clusterName: CLUSTER, nodegroupName: "blue", nodeRole: ROLE, subnets: PRIVATE_SUBNETS };
    return eks.send(new CreateNodegroupCommand(group));
  },
  "Fargate pods": ({ eks }: Running) => {
    const profile = { clusterName: CLUSTER, fargateProfileName: "shop", selectors: [{ namespace: "shop" }] };
    const more = { podExecutionRoleArn: ROLE, subnets: PRIVATE_SUBNETS };
    return eks.send(new CreateFargateProfileCommand({ ...profile, ...more }));
  },
};

interface Attempt {
  readonly use: keyof typeof uses;
  readonly service: string;
  /** @default sts:AssumeRole */
  readonly actions?: readonly string[];
  readonly condition?: object;
}

const account = (id: string) => ({ StringEquals: { "aws:SourceAccount": id } });
const source = (resource: string) => ({
  ArnLike: { "aws:SourceArn": `arn:aws:eks:${REGION}:${ACCOUNT_ID}:${resource}` },
});
const TAGGING = ["sts:AssumeRole", "sts:TagSession"];

const trusted: readonly Attempt[] = [
  { use: "cluster", service: "eks.amazonaws.com" },
  { use: "cluster", service: "eks.amazonaws.com", condition: { ...account(ACCOUNT_ID), ...source("cluster/other") } },
  { use: "Auto Mode", service: "eks.amazonaws.com", actions: TAGGING },
  { use: "nodes", service: "ec2.amazonaws.com" },
  { use: "nodes of Auto Mode", service: "ec2.amazonaws.com" },
  {
    use: "Fargate pods",
    service: "eks-fargate-pods.amazonaws.com",
    condition: source(`fargateprofile/${CLUSTER}/*`),
  },
];

const CLUSTER_REFUSAL = "could not be assumed because it does not exist or the trusted entity is not correct";
const NODE_REFUSAL = "Following required service principals [ec2.amazonaws.com] were not found";
const FARGATE_REFUSAL = "Misconfigured PodExecutionRole Trust Policy";

const refused: readonly (readonly [name: string, attempt: Attempt, message: string])[] = [
  ["a role of instances", { use: "cluster", service: "ec2.amazonaws.com" }, CLUSTER_REFUSAL],
  [
    "a role of another account's clusters",
    { use: "cluster", service: "eks.amazonaws.com", condition: account("210987654321") },
    CLUSTER_REFUSAL,
  ],
  [
    "another cluster's role",
    { use: "cluster", service: "eks.amazonaws.com", condition: source("cluster/dev") },
    CLUSTER_REFUSAL,
  ],
  [
    "a role that EKS may only tag",
    { use: "cluster", service: "eks.amazonaws.com", actions: ["sts:TagSession"] },
    CLUSTER_REFUSAL,
  ],
  ["a role that EKS may not tag", { use: "Auto Mode", service: "eks.amazonaws.com" }, CLUSTER_REFUSAL],
  ["a role of pods", { use: "nodes", service: "pods.eks.amazonaws.com", actions: TAGGING }, NODE_REFUSAL],
  [
    "a role that waits for a source account of instances",
    { use: "nodes", service: "ec2.amazonaws.com", condition: account(ACCOUNT_ID) },
    NODE_REFUSAL,
  ],
  ["a role of clusters", { use: "nodes of Auto Mode", service: "eks.amazonaws.com" }, NODE_REFUSAL],
  ["a role of nodes", { use: "Fargate pods", service: "ec2.amazonaws.com" }, FARGATE_REFUSAL],
  [
    "a role of another cluster's pods",
    { use: "Fargate pods", service: "eks-fargate-pods.amazonaws.com", condition: source("fargateprofile/other/*") },
    FARGATE_REFUSAL,
  ],
];

let running: Running;

beforeEach(async () => {
  running = await startInProcess();
  await makeCluster(running, CLUSTER);
});

afterEach(() => running.stop());

function attempt({ use, service, actions = ["sts:AssumeRole"], condition }: Attempt) {
  const statement = { Effect: "Allow", Principal: { Service: service }, Action: actions };
  const Statement = condition === undefined ? statement : { ...statement, Condition: condition };
  running.account.trustPolicies.set(ROLE, { Version: "2012-10-17", Statement });
  return uses[use](running);
}

it.each(trusted)("takes a role for $use that trusts $service", async (tried) => {
  await expect(attempt(tried)).resolves.toBeDefined();
});

it.each(refused.map(([name, tried, message]) => ({ name, tried, use: tried.use, message })))(
  "$name, given to EKS for $use, is refused by its trust policy",
  async ({ tried, message }) => {
    await expect(attempt(tried)).rejects.toMatchObject({
      name: "InvalidParameterException",
      message: expect.stringContaining(message),
    });
  },
);

it("does not take a policy that AWS would not", async () => {
  running.account.trustPolicies.set(ROLE, { Version: "2012-10-17", Statement: [{ Effect: "Allow" }] });
  await expect(uses.cluster(running)).rejects.toMatchObject({ message: expect.stringContaining(CLUSTER_REFUSAL) });
});
