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
      kms_key_id: expect.stringContaining("keys_v1.logKeyArn"),
    });
  });

  it("record refused traffic alone where the settings say so", () => {
    const stack = networkStack({ flowLogTraffic: "REJECT" });
    expect(stack.resource("aws_flow_log")).toMatchObject({ traffic_type: "REJECT" });
  });

  it("write to that group only", async () => {
    const role = roleIn(networkStack(), "dev-flow-logs");
    for (const action of ["logs:PutLogEvents", "logs:CreateLogStream"]) {
      await expect(role).toAllow(action, `${group}:log-stream:eni-1`);
      await expect(role).toRefuse(action, `${group}-2:log-stream:eni-1`, {}, { by: "identity policy" });
    }
    await expect(role).toRefuse("logs:DeleteLogGroup", group);
  });

  it("cannot be made to write for another account", async () => {
    const role = roleIn(networkStack(), "dev-flow-logs");
    const service = "vpc-flow-logs.amazonaws.com";
    const source = (account: string, type = "vpc-flow-log") => ({
      "aws:SourceAccount": account,
      "aws:SourceArn": `arn:aws:ec2:ap-northeast-1:${account}:${type}/fl-1`,
    });
    await expect(role).toTrust({ service }, source("123456789012"));
    await expect(role).not.toTrust({ service }, source("210987654321"));
    await expect(role).not.toTrust({ service }, { ...source("123456789012"), "aws:SourceAccount": "210987654321" });
    await expect(role).not.toTrust({ service }, source("123456789012", "vpc"));
    await expect(role).not.toTrust({ service });
    await expect(role).not.toTrust({ service: "ec2.amazonaws.com" }, source("123456789012"));
  });
});
