import { roleIn } from "@demarc/shared/testing";
import { networkStack } from "../testing/network";

const group = "${aws_cloudwatch_log_group.flow-logs_log-group_1BBD2543.arn}";

describe("flow logs", () => {
  it("record all traffic, accepted and refused, in an encrypted log group for as long as the settings say", () => {
    const stack = networkStack({ flowLogRetentionDays: 90 });
    expect(stack.resource("aws_flow_log")).toMatchObject({
      traffic_type: "ALL",
      vpc_id: expect.stringContaining("aws_vpc.vpc"),
      log_destination: expect.stringContaining("aws_cloudwatch_log_group.flow-logs"),
    });
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
      name: "/demarc/dev/flow-logs",
      retention_in_days: 90,
      kms_key_id: expect.stringContaining("aws_kms_key.flow-logs"),
    });
  });

  it("write to that group only", async () => {
    const role = roleIn(networkStack(), "dev-flow-logs");
    for (const action of ["logs:PutLogEvents", "logs:CreateLogStream"]) {
      await expect(role).toAllow(action, `${group}:log-stream:eni-1`);
      await expect(role).toRefuse(action, `${group}-2:log-stream:eni-1`, {}, { by: "identity policy" });
    }
    await expect(role).toRefuse("logs:DeleteLogGroup", group);
  });

  it("cannot be made to write for another account", () => {
    const trust: unknown = JSON.parse(String(networkStack().resource("aws_iam_role")["assume_role_policy"]));
    expect(trust).toMatchObject({
      Statement: [
        {
          Principal: { Service: "vpc-flow-logs.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnLike: { "aws:SourceArn": "arn:aws:ec2:ap-northeast-1:123456789012:vpc-flow-log/*" },
          },
        },
      ],
    });
  });
});
