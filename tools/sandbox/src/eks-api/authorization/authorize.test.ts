import {
  AccessDeniedException,
  AssociateAccessPolicyCommand,
  CreateAccessEntryCommand,
  CreateClusterCommand,
  CreateNodegroupCommand,
  DescribeClusterCommand,
  type EKSClient,
  ListClustersCommand,
} from "@aws-sdk/client-eks";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import { type JudgeServer, startJudge } from "../../judge/server";
import { clusterInput, makeCluster, type Running, startInProcess } from "../testing/in-process";
import { ACCOUNT_ID, REGION } from "../testing/landscape";
import { PRIVATE_SUBNETS, roleArn } from "../testing/memory-account";

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
  }).listen(0, "127.0.0.1");
  await once(aws, "listening");
  judge = await startJudge();
  const address = aws.address();
  const awsEndpoint = `http://127.0.0.1:${String(typeof address === "object" ? address?.port : "")}`;
  running = await startInProcess({ awsEndpoint, judgeUrl: judge.url });
  ({ eks } = running);
  await makeCluster(running, "dev-a", { tags: { team: "infra" } });
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

it("serves a role what its policies allow, and refuses the rest in AWS's words", async () => {
  expect(await told([allow("eks:DescribeCluster", CLUSTER)], describeIt)).toBe("served");
  expect(await told([allow("eks:DescribeCluster", `${CLUSTER}-other`)], describeIt)).toBe(
    `User: arn:aws:sts::${ACCOUNT_ID}:assumed-role/deployer/ci is not authorized to perform: eks:DescribeCluster on resource: ${CLUSTER} because no identity-based policy allows the eks:DescribeCluster action`,
  );
  expect(await told([], () => eks.send(new ListClustersCommand({})))).toContain("eks:ListClusters");
});

it("knows the tags of what a call is about, and those that it gives", async () => {
  const tagged = (team: string) =>
    allow("eks:DescribeCluster", "*", { StringEquals: { "aws:ResourceTag/team": team } });
  expect(await told([tagged("infra")], describeIt)).toBe("served");
  expect(await told([tagged("shop")], describeIt)).toContain("eks:DescribeCluster");
  const creating = allow("eks:CreateCluster", "*", { StringEquals: { "aws:RequestTag/team": "shop" } });
  const pass = allow("iam:PassRole");
  const make = (team: string) => () => eks.send(new CreateClusterCommand(clusterInput("dev-b", { tags: { team } })));
  expect(await told([creating, pass], make("infra"))).toContain("eks:CreateCluster");
});

it("wants iam:PassRole for the role of nodes", async () => {
  const create = allow("eks:CreateNodegroup", CLUSTER);
  expect(await told([create], makeNodes)).toContain(`iam:PassRole on resource: ${roleArn("node")}`);
  const passTo = (service: string) =>
    allow("iam:PassRole", roleArn("node"), { StringEquals: { "iam:PassedToService": service } });
  expect(await told([create, passTo("ec2.amazonaws.com")], makeNodes)).toContain("iam:PassRole");
  expect(await told([create, passTo("eks.amazonaws.com")], makeNodes)).not.toContain("not authorized");
});

it("knows access entries, and which policy is associated with whom", async () => {
  const principalArn = roleArn("fargate");
  const entry = `arn:aws:eks:${REGION}:${ACCOUNT_ID}:access-entry/dev-a/role/${ACCOUNT_ID}/*`;
  await eks.send(new CreateAccessEntryCommand({ clusterName: "dev-a", principalArn }));
  const policyArn = "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy";
  const associate = () =>
    eks.send(
      new AssociateAccessPolicyCommand({
        ...{ clusterName: "dev-a", principalArn, policyArn },
        accessScope: { type: "cluster" },
      }),
    );
  const only = (policy: string) =>
    allow("eks:AssociateAccessPolicy", entry, { ArnEquals: { "eks:policyArn": policy } });
  expect(await told([only(policyArn)], associate)).toBe("served");
  expect(await told([only(`${policyArn}2`)], associate)).toContain("eks:AssociateAccessPolicy");
});

it("serves whom no role's session has signed", async () => {
  statements = undefined;
  expect((await describeIt()).cluster?.name).toBe("dev-a");
});
