import { dataStack } from "@demarc/infra/src/testing/data";
import { z } from "zod";
import { type Landscape, makeLandscape, REGION } from "../eks-api/testing/landscape";
import { type LocalAws, startLocalAws } from "../eks-api/testing/local-aws";
import { NO_CHANGES } from "../eks-api/testing/terraform";
import { describeWithTerraform } from "../eks-api/testing/with-terraform";
import { contractsAsLocals } from "./testing/contracts-as-locals";

type DatabaseSettings = NonNullable<NonNullable<Parameters<typeof dataStack>[0]>["database"]>;

/** What the database does not need: the queue and its key, and roles' boundaries, which the account stack makes. */
const LEFT_OUT = new Set([
  "aws_kms_key",
  "aws_sqs_queue",
  "aws_sqs_queue_policy",
  "aws_sqs_queue_redrive_allow_policy",
]);

const stack = z.object({
  data: z.object({ aws_cloudwatch_log_groups: z.unknown() }),
  import: z.unknown(),
  provider: z.unknown(),
  resource: z.unknown(),
});

/** infra's data stack, as far as it makes the database, for a Terraform with its state beside it. The network is the landscape's. */
function databaseStack(database: DatabaseSettings, { vpcId, subnetIds }: Landscape): object {
  const text = JSON.stringify(dataStack({ database }).json, (key, value: unknown) =>
    LEFT_OUT.has(key) || key === "permissions_boundary" ? undefined : value,
  );
  const parts = stack.parse(JSON.parse(contractsAsLocals(text)));
  const key = "${aws_kms_key.any.arn}";
  return {
    locals: {
      network_v2: { vpcId, privateSubnetIds: subnetIds },
      keys_v1: { logKeyArn: key, databaseKeyArn: key },
    },
    ...parts,
  };
}

/** What a service of AWS does by itself: a group with no key, kept for ever. */
async function makeLogGroup(awsUrl: string, logGroupName: string): Promise<void> {
  const answer = await fetch(awsUrl, {
    method: "POST",
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=test/20000101/${REGION}/logs/aws4_request, SignedHeaders=host, Signature=none`,
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "Logs_20140328.CreateLogGroup",
    },
    body: JSON.stringify({ logGroupName }),
  });
  expect(answer.status).toBe(200);
}

describeWithTerraform("infra's database, through Terraform's AWS provider", (terraform) => {
  let aws: LocalAws;
  let landscape: Landscape;
  let endpoints: Record<string, string>;

  beforeAll(async () => {
    aws = await startLocalAws();
    landscape = await makeLandscape(aws.url, []);
    endpoints = { AWS_ENDPOINT_URL: aws.url };
    terraform.write("keys", { resource: { aws_kms_key: { any: {} } } });
    await makeLogGroup(aws.url, "/aws/rds/instance/dev-apps/postgresql");
  });

  afterAll(() => aws.stop());

  const parameterGroups = async () =>
    (await aws.inventory()).filter((line) => line.startsWith("rds db-parameter-group"));

  // Terraform's own waits for a database take minutes where the machine is busy.
  vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

  // One life, told in order: each step needs what the one before made.
  it("is created, takes over a log group that is there, and the next plan is empty", async () => {
    terraform.write("stack", databaseStack({ majorVersion: "17" }, landscape));
    await terraform.apply(endpoints);
    expect(await terraform.plan(endpoints)).toMatchObject({ exitCode: NO_CHANGES });
    expect(await parameterGroups()).toEqual([expect.stringContaining("dev-apps-postgres17-")]);
  });

  it("moves from PostgreSQL 17 to 18, and to another class, by one apply: the next plan is empty", async () => {
    terraform.write("stack", databaseStack({ majorVersion: "18", instanceClass: "db.m7g.large" }, landscape));
    await terraform.apply(endpoints);
    expect(await terraform.plan(endpoints)).toMatchObject({ exitCode: NO_CHANGES });
    expect(await parameterGroups()).toEqual([expect.stringContaining("dev-apps-postgres18-")]);
  });

  it("waits with a change for the maintenance window where the settings say so: each plan shows it again", async () => {
    const waiting = { majorVersion: "18", instanceClass: "db.m7g.xlarge", applyImmediately: false };
    terraform.write("stack", databaseStack({ ...waiting, maintenanceWindow: "sun:18:00-sun:19:00" }, landscape));
    await terraform.apply(endpoints);
    await terraform.plan(endpoints);
    const { resources } = await terraform.plannedChanges();
    expect([...resources.entries()]).toEqual([[expect.stringMatching(/^aws_db_instance\./), ["update"]]]);
  });
});
