import { roleIn } from "@demarc/shared/testing";
import { dataStack } from "../testing/data";

describe("the database's monitoring", () => {
  const stack = dataStack({ database: { logRetentionDays: 90 } });

  it("has encrypted log groups that are there before RDS would make them itself", () => {
    expect(stack.resources("aws_cloudwatch_log_group")).toEqual([
      expect.objectContaining({ name: "/aws/rds/instance/dev-apps/postgresql", retention_in_days: 90 }),
      expect.objectContaining({ name: "/aws/rds/instance/dev-apps/upgrade", retention_in_days: 90 }),
    ]);
    expect(stack.resource("aws_db_instance")).toMatchObject({
      enabled_cloudwatch_logs_exports: ["postgresql", "upgrade"],
      depends_on: expect.arrayContaining([
        expect.stringMatching(/^aws_cloudwatch_log_group\.database_monitoring_postgresql/),
        expect.stringMatching(/^aws_cloudwatch_log_group\.database_monitoring_upgrade/),
        expect.stringMatching(/^aws_iam_role_policy_attachment\./),
      ]),
    });
  });

  it("sends figures each minute by a role that RDS assumes for this one instance of this account", async () => {
    expect(stack.resource("aws_db_instance")).toMatchObject({
      monitoring_interval: 60,
      monitoring_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.database_monitoring_role_/),
    });
    const role = roleIn(stack, "dev-apps-database-monitoring");
    const service = "monitoring.rds.amazonaws.com";
    const source = (account: string, instance = "dev-apps") => ({
      "aws:SourceAccount": account,
      "aws:SourceArn": `arn:aws:rds:ap-northeast-1:${account}:db:${instance}`,
    });
    await expect(role).toTrust({ service }, source("123456789012"));
    await expect(role).not.toTrust({ service }, source("210987654321"));
    await expect(role).not.toTrust({ service }, { ...source("123456789012"), "aws:SourceAccount": "210987654321" });
    await expect(role).not.toTrust({ service }, source("123456789012", "dev-apps-2"));
    await expect(role).not.toTrust({ service });
    await expect(role).not.toTrust({ service: "rds.amazonaws.com" }, source("123456789012"));
  });
});
