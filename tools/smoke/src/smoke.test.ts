import { spawnSync } from "node:child_process";
import path from "node:path";
import { DeleteVpcCommand } from "@aws-sdk/client-ec2";
import { DeleteClusterCommand } from "@aws-sdk/client-eks";
import { DeleteLoadBalancerCommand } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CreateRoleCommand } from "@aws-sdk/client-iam";
import { AssumeRoleCommand } from "@aws-sdk/client-sts";
import { checkAccount } from "@demarc/deploy";
import { kubernetesVersion } from "@demarc/shared/environment";
import { dev } from "@demarc/shared/testing";
import { type Aws, awsAt } from "./aws";
import { report, run } from "./check";
import { checks } from "./checks";

const version = dev.clusters["a"]?.version ?? "";
const known = kubernetesVersion(version);

/** What AWS answers where all is well, by the command. */
const well: Readonly<Record<string, unknown>> = {
  GetCallerIdentityCommand: { Account: dev.account, Arn: "arn:aws:iam::123456789012:user/ada" },
  DescribeClusterVersionsCommand: {
    clusterVersions: [
      {
        clusterVersion: version,
        versionStatus: "STANDARD_SUPPORT",
        endOfStandardSupportDate: new Date(known.endOfStandardSupport),
      },
    ],
  },
  DescribeAddonVersionsCommand: {
    addons: [
      {
        addonVersions: Object.values(known.addOns)
          .flat()
          .map((pin) => ({ addonVersion: pin.version })),
      },
    ],
  },
  DescribeClusterCommand: {
    cluster: { status: "ACTIVE", version, accessConfig: { authenticationMode: "API" } },
  },
  ListAddonsCommand: { addons: ["coredns"] },
  DescribeAddonCommand: { addon: { status: "ACTIVE", health: { issues: [] } } },
  ListNodegroupsCommand: { nodegroups: ["general"] },
  DescribeNodegroupCommand: { nodegroup: { status: "ACTIVE" } },
  DescribeSubnetsCommand: { Subnets: [{ SubnetId: "subnet-1", AvailableIpAddressCount: 8 }] },
  DescribeVpcEndpointsCommand: { VpcEndpoints: [{ VpcEndpointId: "vpce-1", State: "available" }] },
  DescribeTargetGroupsCommand: { TargetGroups: [{ TargetGroupArn: "arn:x:targetgroup/k8s-petstore/1" }] },
  DescribeTagsCommand: {
    TagDescriptions: [
      {
        ResourceArn: "arn:x:targetgroup/k8s-petstore/1",
        Tags: [{ Key: "elbv2.k8s.aws/cluster", Value: "dev-a" }],
      },
    ],
  },
  DescribeTargetHealthCommand: {
    TargetHealthDescriptions: [{ Target: { Id: "10.0.0.1" }, TargetHealth: { State: "healthy" } }],
  },
  GetRoleCommand: { Role: {} },
};

function awsWith(answers: Readonly<Record<string, unknown>>): Aws {
  const send = (command: object) => {
    const answer = { ...well, ...answers }[command.constructor.name];
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const client = { send };
  return { ec2: client, eks: client, elb: client, iam: client, sts: client } as unknown as Aws;
}

/** Problems of each check that has some, by its id. */
async function problems(answers: Readonly<Record<string, unknown>> = {}): Promise<Record<string, readonly string[]>> {
  const outcomes = await run(checks, awsWith(answers), dev);
  return Object.fromEntries(
    outcomes.flatMap((one) => (one.problems.length === 0 ? [] : [[one.check.id, one.problems]])),
  );
}

const missing = Object.assign(new Error("The role cannot be found."), { name: "NoSuchEntityException" });
const denied = Object.assign(new Error("not authorized"), { name: "AccessDeniedException" });

it("all of it holds where AWS says so", async () => {
  expect(await problems()).toEqual({});
});

it("free addresses are counted in the clusters' subnets where none bears a tag: others made the network", async () => {
  const vpc = { DescribeClusterCommand: { cluster: { resourcesVpcConfig: { subnetIds: ["subnet-2"] } } } };
  const send = ({ input: { SubnetIds = [] } }: { input: { SubnetIds?: string[] } }) =>
    Promise.resolve({ Subnets: SubnetIds.map((SubnetId) => ({ SubnetId, AvailableIpAddressCount: 7 })) });
  const aws = { ...awsWith(vpc), ec2: { send } } as unknown as Aws;
  const [outcome] = await run(
    checks.filter(({ id }) => id === "free-addresses"),
    aws,
    dev,
  );
  expect(outcome?.problems).toEqual(["subnet-2 has 7 left"]);
});

it.each([
  [
    "kubernetes-version",
    { DescribeClusterVersionsCommand: { clusterVersions: [] } },
    `EKS does not know Kubernetes ${version}`,
  ],
  [
    "kubernetes-version",
    {
      DescribeClusterVersionsCommand: {
        clusterVersions: [{ clusterVersion: version, versionStatus: "EXTENDED_SUPPORT" }],
      },
    },
    `Kubernetes ${version} is in EXTENDED_SUPPORT`,
  ],
  [
    "kubernetes-version",
    {
      DescribeClusterVersionsCommand: {
        clusterVersions: [
          {
            clusterVersion: version,
            versionStatus: "STANDARD_SUPPORT",
            endOfStandardSupportDate: new Date("2025-01-31"),
          },
        ],
      },
    },
    `ends on 2025-01-31, and our data says ${known.endOfStandardSupport}`,
  ],
  ["add-on-versions", { DescribeAddonVersionsCommand: { addons: [] } }, `is not offered for Kubernetes ${version}`],
  ["clusters", { DescribeClusterCommand: { cluster: { status: "UPDATING", version } } }, "dev-a is UPDATING"],
  [
    "clusters",
    { DescribeClusterCommand: { cluster: { status: "ACTIVE", version: "1.20" } } },
    `dev-a runs 1.20, not ${version}`,
  ],
  [
    "add-ons",
    { DescribeAddonCommand: { addon: { status: "DEGRADED", health: { issues: [{ message: "no nodes" }] } } } },
    "coredns of dev-a: no nodes",
  ],
  [
    "node-groups",
    { DescribeNodegroupCommand: { nodegroup: { status: "CREATE_FAILED" } } },
    "general of dev-a: is CREATE_FAILED",
  ],
  ["add-ons", { DescribeAddonCommand: {} }, "coredns of dev-a: is not there"],
  ["node-groups", { DescribeNodegroupCommand: {} }, "general of dev-a: is not there"],
  ["free-addresses", { DescribeSubnetsCommand: { Subnets: [] } }, "no subnet bears the tag environment dev"],
  [
    "free-addresses",
    { DescribeSubnetsCommand: { Subnets: [{ SubnetId: "subnet-1", AvailableIpAddressCount: 7 }] } },
    "subnet-1 has 7 left",
  ],
  [
    "vpc-endpoints",
    {
      DescribeVpcEndpointsCommand: { VpcEndpoints: [{ VpcEndpointId: "vpce-1", ServiceName: "s3", State: "failed" }] },
    },
    "vpce-1 (s3) is failed",
  ],
  ["targets", { DescribeTargetHealthCommand: { TargetHealthDescriptions: [] } }, "k8s-petstore has no target"],
  [
    "targets",
    {
      DescribeTargetHealthCommand: {
        TargetHealthDescriptions: [{ Target: { Id: "10.0.0.1" }, TargetHealth: { State: "unhealthy" } }],
      },
    },
    "10.0.0.1 of k8s-petstore is unhealthy",
  ],
  ["service-linked-roles", { GetRoleCommand: missing }, "AWSServiceRoleForAutoScaling is not there"],
  ["service-linked-roles", { GetRoleCommand: denied }, "it cannot be asked (AccessDeniedException: not authorized)"],
])("%s fails where AWS answers otherwise, and says what it found", async (id, answers, sentence) => {
  const found = await problems(answers);
  expect(Object.keys(found)).toEqual([id]);
  expect(found[id]?.join("\n")).toContain(sentence);
});

describe("what is gone since it was listed", () => {
  const gone = (name: string) => Object.assign(new Error("not found"), { name });
  const notFound = gone("ResourceNotFoundException");
  const noTargetGroup = gone("TargetGroupNotFoundException");

  it.each([
    ["an add-on", { DescribeAddonCommand: notFound }],
    ["a node group", { DescribeNodegroupCommand: notFound }],
    ["a target group, before its tags are read", { DescribeTagsCommand: noTargetGroup }],
    ["a target group, before its targets are read", { DescribeTargetHealthCommand: noTargetGroup }],
  ])("is no fault: %s", async (_, answers) => {
    expect(await problems(answers)).toEqual({});
  });

  it("hides no other target group", async () => {
    const [there, away] = ["arn:x:targetgroup/k8s-there/1", "arn:x:targetgroup/k8s-away/1"];
    const send = (command: { constructor: { name: string }; input: { ResourceArns?: string[] } }) => {
      const { ResourceArns = [] } = command.input;
      if (command.constructor.name === "DescribeTargetGroupsCommand")
        return Promise.resolve({ TargetGroups: [there, away].map((TargetGroupArn) => ({ TargetGroupArn })) });
      if (command.constructor.name === "DescribeTargetHealthCommand") return Promise.resolve({});
      if (ResourceArns.includes(away)) return Promise.reject(noTargetGroup);
      const Tags = [{ Key: "elbv2.k8s.aws/cluster", Value: "dev-a" }];
      return Promise.resolve({ TagDescriptions: ResourceArns.map((ResourceArn) => ({ ResourceArn, Tags })) });
    };
    const aws = { ...awsWith({}), elb: { send } } as unknown as Aws;
    const outcomes = await run(checks, aws, dev);
    expect(outcomes.flatMap((one) => one.problems)).toEqual(["k8s-there has no target"]);
  });
});

it("target groups of others are no matter of this environment", async () => {
  const others = { TagDescriptions: [{ ResourceArn: "arn:x:targetgroup/k8s-petstore/1", Tags: [] }] };
  expect(await problems({ DescribeTagsCommand: others, DescribeTargetHealthCommand: denied })).toEqual({});
});

it("credentials of another account are refused before anything is asked", async () => {
  const aws = awsWith({
    GetCallerIdentityCommand: { Account: "999999999999", Arn: "arn:aws:iam::999999999999:user/eve" },
  });
  await expect(checkAccount(aws, dev)).rejects.toThrow(
    `dev is of account ${dev.account}, and these credentials are of 999999999999`,
  );
  await expect(checkAccount(awsWith({}), dev)).resolves.toContain("user/ada");
});

it("a shell without credentials is told so, and the way out", async () => {
  const none = Object.assign(new Error("Could not load credentials"), { name: "CredentialsProviderError" });
  const asked = checkAccount(awsWith({ GetCallerIdentityCommand: none }), dev);
  await expect(asked).rejects.toMatchObject({
    name: "Refusal",
    message: expect.stringContaining("This shell has no AWS credentials: set AWS_PROFILE"),
  });
});

it("nothing that does more than read leaves this program", async () => {
  const { ec2, eks, elb, iam, sts } = awsAt({
    region: dev.region,
    endpoint: "http://127.0.0.1:9",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
  });
  const writes = [
    ec2.send(new DeleteVpcCommand({ VpcId: "vpc-1" })),
    eks.send(new DeleteClusterCommand({ name: "dev-a" })),
    elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn: "arn:x" })),
    iam.send(new CreateRoleCommand({ RoleName: "x", AssumeRolePolicyDocument: "{}" })),
    sts.send(new AssumeRoleCommand({ RoleArn: "arn:x", RoleSessionName: "x" })),
  ];
  const said = await Promise.all(writes.map((write) => write.then(() => "sent", String)));
  for (const one of said) expect(one).toMatch(/^Error: a check may only read, and \w+Command does more$/);
});

it("the report says of each check what must be so, and of one that fails what is and why AWS was asked", async () => {
  const outcomes = await run(checks, awsWith({ ListAddonsCommand: denied }), dev);
  const lines = report(outcomes);
  expect(lines.filter((line) => line.startsWith("holds"))).toHaveLength(checks.length - 1);
  const at = lines.findIndex((line) => line.startsWith("FAILS  add-ons: each EKS add-on"));
  expect(lines.slice(at + 1, at + 3)).toEqual([
    expect.stringMatching(/^ {7}asked of AWS because /),
    "       it cannot be asked (AccessDeniedException: not authorized)",
  ]);
});

describe("the command", () => {
  const smoke = (...args: string[]) => {
    const command = ["--import", "tsx", path.join(__dirname, "main.ts"), ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: "utf8" });
    return { status, said: stdout + stderr };
  };

  it("tells what it asks", () => {
    const { status, said } = smoke("--help");
    expect(status).toBe(0);
    for (const { id } of checks) expect(said).toContain(`  ${id} `);
  });

  it.each([
    [[], /^error: missing required argument 'environment'/],
    [["no-such"], /^environment "no-such" is not valid/],
  ])("wants one environment that there is: %j", (args, message) => {
    const { status, said } = smoke(...args);
    expect(status).toBe(1);
    expect(said).toMatch(message);
    expect(said).not.toMatch(/^ +at /m);
  });
});
