import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  paginateDescribeTargetGroups,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { takenCounts } from "../../calls/last-up";
import { takenCalls } from "../../calls/refusals";
import { attachPolicy, type Landscape, makeLandscape } from "../../eks-api/testing/landscape";
import { type JudgedAws, startJudgedAws } from "../../judge/testing/judged-aws";
import { EksClusterRole } from "../eks-cluster-role";
import { actorCluster } from "../testing/actor-cluster";
import { autoModeClients } from "./auto-mode";

/** As whom Auto Mode makes and deletes load balancers, with the local AWS and the judge as the sandbox runs them. */
let aws: JudgedAws;
let landscape: Landscape;

beforeAll(async () => {
  aws = await startJudgedAws();
  landscape = await makeLandscape(aws.url, ["cluster"]);
});

afterAll(async () => {
  await aws.stop();
});

const service = "eks.amazonaws.com";

it("target groups are made as the cluster's role, for its own cluster only, and deleted as EKS's own", async () => {
  const cluster = actorCluster(aws.url, landscape, { name: "one", role: "cluster", computeConfig: { enabled: true } });
  const { elb } = autoModeClients(new EksClusterRole(cluster));
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
  const { roles } = await takenCalls(aws);
  const called = roles.flatMap(({ calls }) => calls.map(({ operation }) => operation));
  expect(new Set(called)).toEqual(new Set(["CreateTargetGroup", "DescribeTargetGroups"]));
});
