import { edgeStack } from "../testing/edge";

type Rule = Readonly<Record<string, unknown>>;

const rulesOf = (settings?: Parameters<typeof edgeStack>[0]) =>
  edgeStack(settings).resource("aws_wafv2_web_acl")["rule"] as Rule[];

describe("the web ACL", () => {
  it("blocks an address that asks too often, and what AWS's rules hold for an attack", () => {
    expect(rulesOf()).toMatchObject([
      {
        name: "rate-limit",
        action: { block: {} },
        statement: { rate_based_statement: { limit: 2000, aggregate_key_type: "IP", evaluation_window_sec: 300 } },
      },
      {
        name: "common",
        override_action: { none: {} },
        statement: { managed_rule_group_statement: { vendor_name: "AWS", name: "AWSManagedRulesCommonRuleSet" } },
      },
      {
        name: "known-bad-inputs",
        override_action: { none: {} },
        statement: { managed_rule_group_statement: { name: "AWSManagedRulesKnownBadInputsRuleSet" } },
      },
    ]);
    expect(new Set(rulesOf().map(({ priority }) => priority)).size).toBe(3);
  });

  it("only counts by the rules that the settings name, each in its own group", () => {
    const rule = { group: "common" as const, rule: "SizeRestrictions_BODY", reason: "Pictures" };
    const [, common, bad] = rulesOf({ settings: { waf: { rateLimit: 100, countedRules: [rule] } } });
    const counted = { rule_action_override: [{ name: "SizeRestrictions_BODY", action_to_use: { count: {} } }] };
    expect(common).toMatchObject({ statement: { managed_rule_group_statement: counted } });
    expect(JSON.stringify(bad)).not.toContain("rule_action_override");
  });

  it("is measured, and keeps no samples of requests: they show every header", () => {
    const acl = edgeStack().resource("aws_wafv2_web_acl");
    for (const { visibility_config } of [acl, ...rulesOf()])
      expect(visibility_config).toMatchObject({ cloudwatch_metrics_enabled: true, sampled_requests_enabled: false });
  });

  it("guards the ALB by infra's own word", () => {
    expect(edgeStack().resource("aws_wafv2_web_acl_association")).toMatchObject({
      resource_arn: expect.stringMatching(/^\$\{aws_lb\./),
      web_acl_arn: expect.stringMatching(/^\$\{aws_wafv2_web_acl\./),
    });
  });

  it("writes its log without what would let a reader act for who asked", () => {
    const stack = edgeStack();
    expect(stack.resource("aws_wafv2_web_acl_logging_configuration")).toMatchObject({
      log_destination_configs: [expect.stringMatching(/^\$\{aws_cloudwatch_log_group\./)],
      redacted_fields: [{ single_header: { name: "authorization" } }, { single_header: { name: "cookie" } }],
      depends_on: [expect.stringMatching(/^aws_cloudwatch_log_resource_policy\./)],
    });
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({ name: "aws-waf-logs-dev-edge" });
  });

  it("lets the log delivery of this account alone write there", () => {
    const { policy_document } = edgeStack().resource("aws_cloudwatch_log_resource_policy");
    expect(JSON.parse(String(policy_document))).toMatchObject({
      Statement: [
        {
          Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
          Resource: [expect.stringMatching(/\.arn\}:log-stream:\*$/)],
          Principal: { Service: "delivery.logs.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } },
        },
      ],
    });
  });
});
