import assert from "node:assert/strict";
import { CreateTagsCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { DeleteObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type Environment, stateBucket } from "@demarc/shared/environment";
import { k8sPlatform } from "@demarc/shared/workspace";
import { kinds } from "../controllers/kubernetes/kinds";
import { serversState } from "../local-aws/servers";
import { CREDENTIALS } from "../variables";
import { layout, sandbox } from "./programs";
import { step } from "./step";
import { clientOf } from "./team-client";

/** The sandbox sees what was changed, and who stands in the way of changing it. */
export async function seesChanges(environment: Environment): Promise<void> {
  const state = await serversState(layout);
  assert.equal(state.kind, "serving");
  const connection = { region: environment.region, endpoint: state.servers.awsUrl, credentials: CREDENTIALS };

  await step("a controller that somebody deleted: plan, status and up say 0 of 2", async () => {
    const { kubernetes } = await clientOf(k8sPlatform.team(environment));
    const deleted = { name: "metrics-server", namespace: "kube-system" };
    const deployment = await kubernetes.get(kinds.deployments, deleted);
    assert.ok(deployment, "metrics-server is not there");
    await kubernetes.delete(kinds.deployments, deleted);
    for (const command of [["plan", "dev"], ["status"], ["up", "dev"]]) {
      const { code, printed } = await sandbox(command);
      assert.equal(code, 0);
      assert.match(printed, /metrics-server:? .*0 of 2 pods/);
      assert.match(printed, /Deployment kube-system\/metrics-server .* is not there/);
      if (command[0] === "up") changesNothing(printed);
    }
    const { labels = {}, annotations = {} } = deployment.metadata;
    await kubernetes.create(kinds.deployments, {
      metadata: { ...deleted, labels, annotations },
      spec: deployment.spec,
    });
    kubernetes.close();
  });

  await step("a state that somebody holds: who and since when", async () => {
    const s3 = new S3Client(connection);
    const lock = { Bucket: stateBucket(environment), Key: "dev/infra/network.tfstate.tflock" };
    const Body = JSON.stringify({
      ID: "6f1c2b1e-0000-0000-0000-000000000000",
      Operation: "OperationTypeApply",
      Info: "",
      Who: "ada@workstation",
      Version: "1.11.4",
      Created: "2026-01-02T03:04:05.678Z",
      Path: `${lock.Bucket}/dev/infra/network.tfstate`,
    });
    await s3.send(new PutObjectCommand({ ...lock, Body }));
    const { code, printed } = await sandbox(["up", "dev"]);
    await s3.send(new DeleteObjectCommand(lock));
    assert.equal(code, 1);
    assert.match(printed, /The state of dev-network is locked by ada@workstation since 2026-01-02T03:04:05\.678Z/);
  });

  await step("a change makes the plan say so, by its exit code too", async () => {
    const ec2 = new EC2Client(connection);
    const { Vpcs = [] } = await ec2.send(
      new DescribeVpcsCommand({ Filters: [{ Name: "tag:environment", Values: [environment.name] }] }),
    );
    assert.equal(Vpcs.length, 1);
    const Resources = Vpcs.flatMap(({ VpcId }) => VpcId ?? []);
    await ec2.send(new CreateTagsCommand({ Resources, Tags: [{ Key: "environment", Value: "by-hand" }] }));
    const { code, printed } = await sandbox(["plan", "dev"]);
    assert.equal(code, 2);
    assert.match(printed, /dev-network {2}0 to add, 1 to change, 0 to destroy/);
  });

  await step("up puts it right, and nothing else", async () => {
    const { code, printed } = await sandbox(["up", "dev"]);
    assert.equal(code, 0);
    assert.match(printed, /^ {2}dev-network +\d+ +1 /m);
    assert.match(printed, /^ {2}dev-data +\d+ +none$/m);
  });
}

/** Every stack of an up was looked at, and none deployed. */
function changesNothing(printed: string): void {
  assert.doesNotMatch(printed, /Deploying/);
  const stacks = /Looking for changes in (\d+) stacks/.exec(printed)?.[1];
  assert.equal(String(printed.match(/ {2}no change {2}/g)?.length), stacks);
}
