import {
  AccessDeniedException,
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  CreateClusterCommand,
  CreateNodegroupCommand,
  DescribeAccessEntryCommand,
  DescribeAddonCommand,
  DescribeClusterCommand,
  DescribeFargateProfileCommand,
  DescribeNodegroupCommand,
  DescribePodIdentityAssociationCommand,
  type EKSClient,
  ListClustersCommand,
} from "@aws-sdk/client-eks";
import { createServer, type Server } from "node:http";
import { type JudgeServer, startJudge } from "../../judge/server";
import { clusterInput, makeCluster, type Running, startInProcess } from "../testing/in-process";
import { ACCOUNT_ID, REGION } from "../testing/landscape";
import { PRIVATE_SUBNETS, roleArn } from "../testing/memory-account";
import { listen } from "../../loopback/listening";

const CLUSTER = `arn:aws:eks:${REGION}:${ACCOUNT_ID}:cluster/dev-a`;

let statements: object[] | undefined;
let aws: Server;
let judge: JudgeServer;
let running: Running;
let eks: EKSClient;

beforeAll(async () => {
  aws = createServer((_, response) => {
    const document = JSON.stringify({ Version: "2012-10-17", Statement: statements });
    const identity = { role: roleArn("deployer"), session: "ci", tags: {}, boundary: null, sessionPolicy: null };
    response.statusCode = statements === undefined ? 404 : 200;
    response.end(JSON.stringify({ ...identity, policies: [{ name: "own", document }] }));
  });
  judge = await startJudge();
  const awsEndpoint = `http://127.0.0.1:${String(await listen(aws))}`;
  running = await startInProcess({ awsEndpoint, judgeUrl: judge.url });
  ({ eks } = running);
  await makeCluster(running, "dev-a", { tags: { team: "infra" } });
  await eks.send(new CreateAccessEntryCommand({ clusterName: "dev-a", principalArn: roleArn("fargate") }));
});

afterAll(async () => {
  await running.stop();
  await judge.close();
  aws.close();
});

const allow = (Action: string, Resource = "*", Condition = {}) => ({ Effect: "Allow", Action, Resource, Condition });

/** What a role with these statements is told. */
async function told(allowed: object[], ask: () => Promise<unknown>): Promise<string> {
  statements = allowed;
  try {
    await ask();
    return "served";
  } catch (error) {
    return error instanceof AccessDeniedException ? error.message : `another error: ${String(error)}`;
  } finally {
    statements = undefined;
  }
}

const describeIt = () => eks.send(new DescribeClusterCommand({ name: "dev-a" }));
const makeNodes = () =>
  eks.send(
    new CreateNodegroupCommand({
      clusterName: "dev-a",
      nodegroupName: "nodes",
      nodeRole: roleArn("node"),
      subnets: PRIVATE_SUBNETS,
    }),
  );

const make = (team: string) => () => eks.send(new CreateClusterCommand(clusterInput("dev-b", { tags: { team } })));
const list = () => eks.send(new ListClustersCommand({}));

const principalArn = roleArn("fargate");
const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
const associate = () =>
  eks.send(
    new AssociateAccessPolicyCommand({
      ...{ clusterName: "dev-a", principalArn, policyArn },
      accessScope: { type: "cluster" },
    }),
  );

const tagged = (kind: "Resource" | "Request", action: string, team: string) =>
  allow(action, "*", { StringEquals: { [`aws:${kind}Tag/team`]: team } });
const passTo = (service: string) =>
  allow("iam:PassRole", roleArn("node"), { StringEquals: { "iam:PassedToService": service } });
const associateOnly = (policy: string) =>
  allow("eks:AssociateAccessPolicy", `arn:aws:eks:${REGION}:${ACCOUNT_ID}:access-entry/dev-a/role/${ACCOUNT_ID}/*`, {
    ArnEquals: { "eks:policyArn": policy },
  });
const nodes = allow("eks:CreateNodegroup", CLUSTER);

it.each<[string, object[], () => Promise<unknown>]>([
  ["a cluster that its policy names", [allow("eks:DescribeCluster", CLUSTER)], describeIt],
  ["a cluster of the tag that it names", [tagged("Resource", "eks:DescribeCluster", "infra")], describeIt],
  ["the one access policy that it may associate", [associateOnly(policyArn)], associate],
])("serves a role %s", async (_, statements, ask) => {
  expect(await told(statements, ask)).toBe("served");
});

const gone = {
  ...{ clusterName: "dev-a", addonName: "gone", fargateProfileName: "gone", nodegroupName: "gone" },
  ...{ associationId: "gone", principalArn: roleArn("gone") },
};

it.each<[action: string, path: (name: string) => string, look: () => Promise<unknown>]>([
  ["eks:DescribeAddon", (name) => `addon/dev-a/${name}/*`, () => eks.send(new DescribeAddonCommand(gone))],
  [
    "eks:DescribeFargateProfile",
    (name) => `fargateprofile/dev-a/${name}/*`,
    () => eks.send(new DescribeFargateProfileCommand(gone)),
  ],
  ["eks:DescribeNodegroup", (name) => `nodegroup/dev-a/${name}/*`, () => eks.send(new DescribeNodegroupCommand(gone))],
  [
    "eks:DescribePodIdentityAssociation",
    (name) => `podidentityassociation/dev-a/${name}`,
    () => eks.send(new DescribePodIdentityAssociationCommand(gone)),
  ],
  [
    "eks:DescribeAccessEntry",
    (name) => `access-entry/dev-a/role/${ACCOUNT_ID}/${roleArn(name).replace(/^.*:role\//, "")}/*`,
    () => eks.send(new DescribeAccessEntryCommand(gone)),
  ],
])("judges %s by its name where what is looked for is gone", async (action, path, look) => {
  const named = (name: string) => `arn:aws:eks:${REGION}:${ACCOUNT_ID}:${path(name)}`;
  expect(await told([allow(action, named("gone"))], look)).toContain("ResourceNotFoundException");
  expect(await told([allow(action, named("other"))], look)).toContain(`${action} on resource: ${named("gone")}`);
});

it("judges who looks for what is gone by its own kind, where another kind has its name", async () => {
  const asked = { clusterName: "dev-a", nodegroupName: "dev-a" };
  const message = await told([], () => eks.send(new DescribeNodegroupCommand(asked)));
  expect(message).toContain(`on resource: arn:aws:eks:${REGION}:${ACCOUNT_ID}:nodegroup/dev-a/dev-a/*`);
});

it("goes on, where the role of nodes may be passed to EKS", async () => {
  expect(await told([nodes, passTo("eks.amazonaws.com")], makeNodes)).not.toContain("not authorized");
});

it.each<[string, object[], () => Promise<unknown>, string]>([
  ["a cluster that it does not name", [allow("eks:DescribeCluster", `${CLUSTER}-other`)], describeIt, CLUSTER],
  ["a cluster of another tag", [tagged("Resource", "eks:DescribeCluster", "shop")], describeIt, CLUSTER],
  ["the list of clusters", [allow("eks:DescribeCluster")], list, "eks:ListClusters"],
  [
    "a cluster made with another tag",
    [tagged("Request", "eks:CreateCluster", "shop"), allow("iam:PassRole")],
    make("infra"),
    "eks:CreateCluster",
  ],
  ["nodes with a role that it may not pass", [nodes], makeNodes, `iam:PassRole on resource: ${roleArn("node")}`],
  ["nodes with a role that it may pass to EC2", [nodes, passTo("ec2.amazonaws.com")], makeNodes, "iam:PassRole"],
  ["another access policy associated", [associateOnly(`${policyArn}2`)], associate, "eks:AssociateAccessPolicy"],
])("asked of EKS, %s is refused by the role's policy", async (_, statements, ask, what) => {
  expect(await told(statements, ask)).toContain(what);
});

it("refuses in AWS's words", async () => {
  expect(await told([], describeIt)).toBe(
    `User: arn:aws:sts::${ACCOUNT_ID}:assumed-role/deployer/ci is not authorized to perform: eks:DescribeCluster on resource: ${CLUSTER} because no identity-based policy allows the eks:DescribeCluster action`,
  );
});

it("serves whom no role's session has signed", async () => {
  statements = undefined;
  expect((await describeIt()).cluster?.name).toBe("dev-a");
});
