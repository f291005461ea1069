import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  paginateDescribeTargetGroups,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { takenCounts } from "../../calls/last-up";
import { takenCalls } from "../../calls/refusals";
import { ClusterRecord, type StoredCluster } from "../../eks-api/store";
import { ACCOUNT_ID, attachPolicy, type Landscape, makeLandscape, REGION } from "../../eks-api/testing/landscape";
import { type LocalAws, startLocalAws } from "../../eks-api/testing/local-aws";
import { type JudgeServer, startJudge } from "../../judge/server";
import { EksClusterRole } from "../eks-cluster-role";
import { autoModeClients } from "./auto-mode";

/** As whom Auto Mode makes and deletes load balancers, with the local AWS and the judge as the sandbox runs them. */
let judge: JudgeServer;
let aws: LocalAws;
let landscape: Landscape;

beforeAll(async () => {
  judge = await startJudge();
  aws = await startLocalAws(judge.url);
  landscape = await makeLandscape(aws.url, ["cluster"]);
});

afterAll(async () => {
  await aws.stop();
  await judge.close();
});

const service = "eks.amazonaws.com";

it("target groups are made as the cluster's role, for its own cluster only, and deleted as EKS's own", async () => {
  const arn = `arn:aws:eks:${REGION}:${ACCOUNT_ID}:cluster/one`;
  const cluster = { name: "one", arn, roleArn: landscape.role("cluster"), computeConfig: { enabled: true } };
  const record = new ClusterRecord(cluster as StoredCluster, landscape.role("deployer"));
  const place = { name: "one", region: REGION, accountId: ACCOUNT_ID, awsEndpoint: aws.url };
  const { elb } = autoModeClients(new EksClusterRole({ ...place, record }));
  const make = (of: string) =>
    elb.send(
      new CreateTargetGroupCommand({
        ...{ Name: `of-${of}`, Protocol: "TCP", Port: 80, VpcId: landscape.vpcId },
        Tags: [{ Key: "eks:eks-cluster-name", Value: of }],
      }),
    );
  const refusal = { name: "AccessDenied", message: expect.stringMatching(/elasticloadbalancing:CreateTargetGroup/) };

  await expect(make("one")).rejects.toMatchObject(refusal);
  await attachPolicy(aws.url, "cluster", "AmazonEKSLoadBalancingPolicy");
  await expect(make("other")).rejects.toMatchObject(refusal);
  const { TargetGroups: made = [] } = await make("one");

  const { services: before } = await takenCounts({ awsUrl: aws.url });
  const found: (string | undefined)[] = [];
  for await (const { TargetGroups = [] } of paginateDescribeTargetGroups({ client: elb }, {})) {
    found.push(...TargetGroups.map(({ TargetGroupName }) => TargetGroupName));
  }
  expect(found).toEqual(["of-one"]);
  await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn: made[0]?.TargetGroupArn }));
  const { services } = await takenCounts({ awsUrl: aws.url });
  expect((services[service] ?? 0) - (before[service] ?? 0)).toBe(1);
  const { roles } = await takenCalls({ judgeUrl: judge.url });
  const called = roles.flatMap(({ calls }) => calls.map(({ operation }) => operation));
  expect(new Set(called)).toEqual(new Set(["CreateTargetGroup", "DescribeTargetGroups"]));
});
