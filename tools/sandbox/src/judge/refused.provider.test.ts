import { AutoScalingClient, SetDesiredCapacityCommand } from "@aws-sdk/client-auto-scaling";
import {
  CreateFlowLogsCommand,
  CreateSecurityGroupCommand,
  CreateTagsCommand,
  DeleteVpcCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  DeleteTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import {
  CreateRoleCommand,
  CreateUserCommand,
  DeleteRolePermissionsBoundaryCommand,
  IAMClient,
  PutRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { type Landscape, makeLandscape, ofCluster } from "./testing/attempted";
import { allow, iamArn, ROLES } from "./testing/attempting";
import { type JudgedAws, startJudgedAws } from "./testing/judged-aws";
import { administratorOf, type ClientSettings, documentOf, type RoleFixture, sessionOf } from "./testing/roles";

let aws: JudgedAws;
let landscape: Landscape;
const sessions = new Map<string, ClientSettings>();

beforeAll(async () => {
  aws = await startJudgedAws();
  const administrator = administratorOf(aws.url);
  landscape = await makeLandscape(administrator);
  for (const [name, fixture] of Object.entries<RoleFixture>(ROLES))
    sessions.set(name, await sessionOf(administrator, name, fixture));
});

afterAll(async () => {
  await aws.stop();
});

type Call = (settings: ClientSettings) => Promise<unknown>;

const read =
  (Bucket: string, Key: string): Call =>
  (by) =>
    new S3Client(by).send(new GetObjectCommand({ Bucket, Key }));
const write =
  (Key: string): Call =>
  (by) =>
    new S3Client(by).send(new PutObjectCommand({ Bucket: "data", Key, Body: "x" }));
const remove =
  (Key: string): Call =>
  (by) =>
    new S3Client(by).send(new DeleteObjectCommand({ Bucket: "data", Key }));
const list =
  (Prefix?: string): Call =>
  (by) =>
    new S3Client(by).send(new ListObjectsV2Command({ Bucket: "data", ...(Prefix === undefined ? {} : { Prefix }) }));
const register =
  (group: "own" | "foreign"): Call =>
  (by) =>
    new ElasticLoadBalancingV2Client(by).send(
      new RegisterTargetsCommand({ TargetGroupArn: landscape[group], Targets: [{ Id: "10.0.0.1", Port: 80 }] }),
    );
const securityGroup =
  (name: string, cluster?: string): Call =>
  (by) =>
    new EC2Client(by).send(
      new CreateSecurityGroupCommand({
        ...{ GroupName: name, Description: name, VpcId: landscape.vpc },
        ...(cluster && { TagSpecifications: [{ ResourceType: "security-group", Tags: ofCluster(cluster) }] }),
      }),
    );
const roleWith =
  (name: string, boundary?: string): Call =>
  (by) =>
    new IAMClient(by).send(
      new CreateRoleCommand({
        ...{ RoleName: name, Path: "/apps/", AssumeRolePolicyDocument: documentOf([]) },
        ...(boundary && { PermissionsBoundary: iamArn(`policy/${boundary}`) }),
      }),
    );

it.each<[string, keyof typeof ROLES, Call]>([
  ["an object of its team's", "app", read("data", "pets/a")],
  ["the list of its team's", "app", list("pets/")],
  ["what its session is narrowed to", "narrowed", read("data", "pets/a")],
  ["targets of its own group", "controller", register("own")],
  ["a security group with its tag", "controller", securityGroup("own", "dev")],
  ["a role inside the boundary", "deployer", roleWith("bounded", "bounds-app")],
])("is served: %s", async (_, role, call) => {
  await expect(call(settingsOf(role))).resolves.toBeDefined();
});

const IDENTITY = "the role's policy";
const BOUNDARY = "the permissions boundary";

const ATTEMPTS: readonly [attempt: string, role: keyof typeof ROLES, refusedBy: string, call: Call][] = [
  ["another team's object read", "app", IDENTITY, read("data", "shop/a")],
  ["another team's object written", "app", IDENTITY, write("shop/b")],
  ["another team's prefix left by the way", "app", IDENTITY, write("pets-too/b")],
  ["another team's list", "app", IDENTITY, list("shop/")],
  ["the list of all teams", "app", IDENTITY, list()],
  ["an object that nobody deletes", "app", "the bucket's policy", remove("pets/kept")],
  ["a state read, which its own policy allows", "app", BOUNDARY, read("state", "pets/a")],
  [
    "a user made, which its own policy allows",
    "app",
    BOUNDARY,
    (by) => new IAMClient(by).send(new CreateUserCommand({ UserName: "u" })),
  ],
  [
    "its own policy widened, which that policy allows",
    "app",
    BOUNDARY,
    (by) =>
      new IAMClient(by).send(
        new PutRolePolicyCommand({ RoleName: "app", PolicyName: "own", PolicyDocument: documentOf([allow("*")]) }),
      ),
  ],
  ["more than the session is narrowed to", "narrowed", "the session's policy", write("pets/b")],
  ["targets in another cluster's group", "controller", IDENTITY, register("foreign")],
  [
    "another cluster's target group deleted",
    "controller",
    IDENTITY,
    (by) =>
      new ElasticLoadBalancingV2Client(by).send(new DeleteTargetGroupCommand({ TargetGroupArn: landscape.foreign })),
  ],
  ["a security group without the cluster's tag", "controller", IDENTITY, securityGroup("untagged")],
  ["a security group with another cluster's tag", "controller", IDENTITY, securityGroup("foreign", "b")],
  [
    "the cluster's tag put on a VPC",
    "controller",
    IDENTITY,
    (by) => new EC2Client(by).send(new CreateTagsCommand({ Resources: [landscape.vpc], Tags: ofCluster("dev") })),
  ],
  [
    "another cluster's nodes resized",
    "controller",
    IDENTITY,
    (by) =>
      new AutoScalingClient(by).send(
        new SetDesiredCapacityCommand({ AutoScalingGroupName: "nodes", DesiredCapacity: 0 }),
      ),
  ],
  [
    "a role passed to another service than its policy names",
    "deployer",
    IDENTITY,
    (by) =>
      new EC2Client(by).send(
        new CreateFlowLogsCommand({
          ...{ ResourceIds: [landscape.vpc], ResourceType: "VPC", TrafficType: "ALL", LogGroupName: "flow" },
          DeliverLogsPermissionArn: iamArn("role/app"),
        }),
      ),
  ],
  ["a role without a boundary", "deployer", IDENTITY, roleWith("unbounded")],
  ["a role with another boundary", "deployer", IDENTITY, roleWith("freer", "bounds-deployer")],
  [
    "the boundary of a role taken off",
    "deployer",
    BOUNDARY,
    (by) => new IAMClient(by).send(new DeleteRolePermissionsBoundaryCommand({ RoleName: "app" })),
  ],
  [
    "the VPC deleted",
    "deployer",
    BOUNDARY,
    (by) => new EC2Client(by).send(new DeleteVpcCommand({ VpcId: landscape.vpc })),
  ],
];

/** What AWS's message says of each. */
const SAYS: Readonly<Record<string, RegExp>> = {
  [IDENTITY]: /because no identity-based policy allows/,
  [BOUNDARY]: /because no permissions boundary allows|explicit deny in a permissions boundary/,
  "the bucket's policy": /with an explicit deny in a resource-based policy/,
  "the session's policy": /because no session policy allows/,
};

it.each(ATTEMPTS)("through AWS's SDK, %s by role %s is refused by %s", async (_, role, by, call) => {
  const message = await call(settingsOf(role)).then(
    () => "it was served",
    (error: unknown) => String(error),
  );
  expect(message).toMatch(SAYS[by] ?? /^$/);
  expect(message).toMatch(/AccessDenied|UnauthorizedOperation/);
});

function settingsOf(role: string): ClientSettings {
  return sessions.get(role) ?? administratorOf(aws.url);
}
