import { networkStack } from "../testing/network";

describe("an encrypted log group", () => {
  const key = networkStack().resource("aws_kms_key");
  const { Statement: statements } = JSON.parse(String(key["policy"])) as { Statement: Record<string, unknown>[] };

  it("has a key that AWS rotates and keeps for a month after its deletion", () => {
    expect(key).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
  });

  it("lets CloudWatch Logs of the region use the key for this group, and no other service", () => {
    const services = statements.filter(({ Principal }) => JSON.stringify(Principal).includes("Service"));
    expect(services).toEqual([
      expect.objectContaining({
        Principal: { Service: "logs.ap-northeast-1.amazonaws.com" },
        Condition: {
          ArnEquals: {
            "kms:EncryptionContext:aws:logs:arn":
              "arn:aws:logs:ap-northeast-1:123456789012:log-group:/demarc/dev/flow-logs",
          },
        },
      }),
    ]);
  });

  it("leaves the rest to IAM of the account, so that a key never ends up with nobody who may change it", () => {
    expect(statements).toContainEqual({
      Effect: "Allow",
      Action: ["kms:*"],
      Resource: ["*"],
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
    });
  });
});
