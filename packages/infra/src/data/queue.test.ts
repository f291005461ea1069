import { dev, unlimitedRole } from "@demarc/shared/testing";
import { dataStack } from "../testing/data";
import { keysStack } from "../testing/keys";

const stack = dataStack();
const keys = keysStack();

function queue(name: string, from = stack) {
  const found = from.resources("aws_sqs_queue").find((candidate) => candidate["name"] === name);
  if (found === undefined) throw new Error(`no queue ${name}`);
  return found;
}

const json = (value: unknown): unknown => (typeof value === "string" ? JSON.parse(value) : undefined);

describe("the queue", () => {
  it("is encrypted with a key of its own, and so is its dead-letter queue", () => {
    const key = { kms_master_key_id: expect.stringMatching(/^\$\{aws_kms_key\.queue_key_.*\.arn\}$/) };
    expect(queue("dev-apps")).toMatchObject(key);
    expect(queue("dev-apps-dead-letters")).toMatchObject(key);
    expect(stack.outputs["data_v1"]).toMatchObject({ queueKeyArn: key.kms_master_key_id });
  });

  it("refuses whoever comes without TLS, to it or to its dead-letter queue", async () => {
    const apps = [{ name: "any", team: "shop", hostnames: [] }];
    const role = unlimitedRole(dev, { kind: "apps", team: "shop" }, { apps, producers: [stack] });
    for (const name of ["dev-apps", "dev-apps-dead-letters"]) {
      const arn = `arn:aws:sqs:ap-northeast-1:123456789012:${name}`;
      const without = { "aws:SecureTransport": "false" };
      await expect(role).toRefuse("sqs:SendMessage", arn, without, { by: "resource policy" });
    }
  });

  describe.each(["pets", "shop"])("the apps of team %s", (team) => {
    const apps = [{ name: "any", team, hostnames: [] }];
    const role = unlimitedRole(dev, { kind: "apps", team }, { apps, producers: [stack] });
    const arn = "arn:aws:sqs:ap-northeast-1:123456789012:dev-apps";
    const key = stack.arnOf("aws_kms_key", "queue_");

    it("may send to it, receive from it and use its key, inside their boundary", async () => {
      await expect(role).toAllow("sqs:SendMessage", arn);
      await expect(role).toAllow("sqs:ReceiveMessage", arn);
      await expect(role).toAllow("kms:Decrypt", key);
    });

    it("reading its dead letters is refused by the boundary of the team's apps", async () => {
      await expect(role).toRefuse("sqs:ReceiveMessage", `${arn}-dead-letters`, {}, { by: "boundary" });
    });

    it.each(["logs", "database", "volumes"])(
      "decrypting with the key of %s is refused by the boundary of the team's apps",
      async (name) => {
        const app = unlimitedRole(dev, { kind: "apps", team }, { apps, producers: [keys] });
        const key = keys.arnOf("aws_kms_key", `${name}_`);
        await expect(app).toRefuse("kms:Decrypt", key, {}, { by: "boundary" });
      },
    );
  });

  it("gives up on a message after five tries", () => {
    expect(json(queue("dev-apps")["redrive_policy"])).toEqual({
      deadLetterTargetArn: expect.stringMatching(/^\$\{aws_sqs_queue\.queue_dead-letters_.*\.arn\}$/),
      maxReceiveCount: 5,
    });
  });

  it("is the only one that may send to its dead-letter queue", () => {
    const allowed = stack.resource("aws_sqs_queue_redrive_allow_policy");
    expect(allowed["queue_url"]).toMatch(/queue_dead-letters_/);
    expect(json(allowed["redrive_allow_policy"])).toEqual({
      redrivePermission: "byQueue",
      sourceQueueArns: [expect.stringMatching(/^\$\{aws_sqs_queue\.queue_(?!dead-letters).*\.arn\}$/)],
    });
  });

  it("keeps messages four days and dead letters fourteen", () => {
    expect(queue("dev-apps")).toMatchObject({ message_retention_seconds: 345600, visibility_timeout_seconds: 30 });
    expect(queue("dev-apps-dead-letters")).toMatchObject({ message_retention_seconds: 1209600 });
  });

  it("is what its settings say", () => {
    const settings = {
      retentionSeconds: 60,
      deadLetterRetentionSeconds: 3600,
      maxReceiveCount: 2,
      visibilityTimeoutSeconds: 90,
    };
    const changed = dataStack({ queue: settings });
    expect(queue("dev-apps", changed)).toMatchObject({
      message_retention_seconds: 60,
      visibility_timeout_seconds: 90,
      redrive_policy: expect.stringContaining('"maxReceiveCount":2'),
    });
    expect(queue("dev-apps-dead-letters", changed)).toMatchObject({ message_retention_seconds: 3600 });
  });
});
