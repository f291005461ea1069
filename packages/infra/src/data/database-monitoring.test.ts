import { trustOf } from "../testing/cluster";
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

  it("sends figures each minute by a role that RDS assumes for this one instance of this account", () => {
    expect(stack.resource("aws_db_instance")).toMatchObject({
      monitoring_interval: 60,
      monitoring_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.database_monitoring_role_/),
    });
    expect(trustOf(stack, "dev-apps-database-monitoring")).toMatchObject({
      Statement: [
        {
          Principal: { Service: "monitoring.rds.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": "123456789012" },
            ArnEquals: { "aws:SourceArn": "arn:aws:rds:ap-northeast-1:123456789012:db:dev-apps" },
          },
        },
      ],
    });
  });
});
