import { Wafv2WebAcl, type Wafv2WebAclRule } from "@cdktf/provider-aws/lib/wafv2-web-acl";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { WafSettings } from "./settings";

export interface WebAclProps {
  readonly name: string;
  /** What it guards, as whoever reads the list of web ACLs is told. */
  readonly description: string;
  readonly settings: WafSettings;
}

/** Groups of rules that AWS keeps, by their names in the settings. */
const GROUPS = {
  common: "AWSManagedRulesCommonRuleSet",
  "known-bad-inputs": "AWSManagedRulesKnownBadInputsRuleSet",
} as const;

/** What may ask a load balancer: anything but too many requests of one address, and what AWS's rules hold for an attack. */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { name, description, settings }: WebAclProps) {
    super(scope, id);
    const acl = new Wafv2WebAcl(this, "acl", {
      name,
      description,
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      rule: [
        rateLimit(settings),
        ...Object.entries(GROUPS).map(([group, awsName], index) => managed(group, awsName, index + 1, settings)),
      ],
      visibilityConfig: measuredAs(name),
    });
    this.arn = acl.arn;
  }

  /** Puts it in front of a load balancer of infra's own. @returns what is there once the load balancer is guarded */
  guard(loadBalancerArn: string): ITerraformDependable {
    return new Wafv2WebAclAssociation(this, "association", { resourceArn: loadBalancerArn, webAclArn: this.arn });
  }
}

/** First of all, for it costs the least to ask. */
function rateLimit({ rateLimit }: WafSettings): Wafv2WebAclRule {
  return {
    name: "rate-limit",
    priority: 0,
    action: { block: {} },
    // Statements nest in each other, for which the bindings have no type: these are Terraform's own names.
    statement: {
      rate_based_statement: { limit: rateLimit, aggregate_key_type: "IP", evaluation_window_sec: 300 },
    },
    visibilityConfig: measuredAs("rate-limit"),
  };
}

function managed(group: string, awsName: string, priority: number, { countedRules }: WafSettings): Wafv2WebAclRule {
  const counted = countedRules.filter((counted) => counted.group === group);
  return {
    name: group,
    priority,
    overrideAction: { none: {} },
    statement: {
      managed_rule_group_statement: {
        vendor_name: "AWS",
        name: awsName,
        ...(counted.length === 0
          ? {}
          : { rule_action_override: counted.map(({ rule }) => ({ name: rule, action_to_use: { count: {} } })) }),
      },
    },
    visibilityConfig: measuredAs(group),
  };
}

/** Samples of requests show every header, also those that the log leaves out. */
function measuredAs(metricName: string) {
  return { cloudwatchMetricsEnabled: true, metricName, sampledRequestsEnabled: false };
}
