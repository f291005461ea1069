import { dataStack } from "../testing/data";

const stack = dataStack();

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

  it("refuses whoever comes without TLS, to it or to its dead-letter queue", () => {
    const policies = stack.statements.filter(({ on }) => on === "aws_sqs_queue_policy");
    expect(policies.map(({ Resource }) => Resource)).toEqual([
      [expect.stringMatching(/aws_sqs_queue\.queue_dead-letters_/)],
      [expect.stringMatching(/aws_sqs_queue\.queue_/)],
    ]);
    for (const policy of policies) {
      expect(policy).toMatchObject({
        Effect: "Deny",
        Principal: "*",
        Action: ["sqs:*"],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      });
    }
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
