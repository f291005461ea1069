import { allow } from "../../iam";
import { type AccessByType, allowInRegion, here } from "./access";

const elb = (...kinds: readonly string[]): string[] => kinds.map((kind) => here("elasticloadbalancing", kind));

const tags = ["elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"];
const balancers = elb("loadbalancer/app/*/*", "loadbalancer/net/*/*");
const groups = elb("targetgroup/*/*");
const listeners = elb("listener/app/*/*/*", "listener/net/*/*/*");
const rules = elb("listener-rule/app/*/*/*/*", "listener-rule/net/*/*/*/*");
const acls = here("wafv2", "regional/webacl/*/*");

/** Load balancers that infra makes itself, and the web ACL in front. */
export const edge: AccessByType = {
  aws_lb: [
    allowInRegion(
      "ec2:DescribeNetworkInterfaces",
      "elasticloadbalancing:DescribeCapacityReservation",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeTags",
    ),
    allow(
      "elasticloadbalancing:CreateLoadBalancer",
      "elasticloadbalancing:DeleteLoadBalancer",
      "elasticloadbalancing:ModifyLoadBalancerAttributes",
      "elasticloadbalancing:SetSecurityGroups",
      "elasticloadbalancing:SetSubnets",
      ...tags,
    ).on(...balancers),
  ],
  aws_lb_target_group: [
    allowInRegion(
      "elasticloadbalancing:DescribeTags",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTargetGroups",
    ),
    allow(
      "elasticloadbalancing:CreateTargetGroup",
      "elasticloadbalancing:DeleteTargetGroup",
      "elasticloadbalancing:ModifyTargetGroup",
      "elasticloadbalancing:ModifyTargetGroupAttributes",
      ...tags,
    ).on(...groups),
  ],
  aws_lb_listener: [
    allowInRegion(
      "elasticloadbalancing:DescribeListenerAttributes",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeTags",
    ),
    allow("elasticloadbalancing:CreateListener").on(...balancers),
    allow(
      "elasticloadbalancing:DeleteListener",
      "elasticloadbalancing:ModifyListener",
      "elasticloadbalancing:ModifyListenerAttributes",
      ...tags,
    ).on(...listeners),
  ],
  aws_lb_listener_rule: [
    allowInRegion("elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTags"),
    allow("elasticloadbalancing:CreateRule").on(...listeners),
    allow(
      "elasticloadbalancing:DeleteRule",
      "elasticloadbalancing:ModifyRule",
      "elasticloadbalancing:SetRulePriorities",
      ...tags,
    ).on(...rules),
  ],
  aws_wafv2_web_acl: [
    allow(
      "wafv2:GetWebACL",
      "wafv2:ListTagsForResource",
      "wafv2:CreateWebACL",
      "wafv2:DeleteWebACL",
      "wafv2:TagResource",
      "wafv2:UntagResource",
      "wafv2:UpdateWebACL",
    ).on(acls, here("wafv2", "regional/managedruleset/*/*")),
  ],
  aws_wafv2_web_acl_association: [
    allow("wafv2:GetWebACLForResource", "wafv2:AssociateWebACL", "wafv2:DisassociateWebACL").on(
      acls,
      ...elb("loadbalancer/app/*/*"),
    ),
    allowInRegion("elasticloadbalancing:SetWebAcl"),
  ],
  aws_wafv2_web_acl_logging_configuration: [
    allow("wafv2:GetLoggingConfiguration", "wafv2:DeleteLoggingConfiguration", "wafv2:PutLoggingConfiguration").on(
      acls,
    ),
    // WAF sets up the log as whoever asks for it: https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    allowInRegion(
      "logs:DescribeLogGroups",
      "logs:DescribeResourcePolicies",
      "logs:CreateLogDelivery",
      "logs:DeleteLogDelivery",
      "logs:PutResourcePolicy",
    ),
  ],
  aws_cloudwatch_log_resource_policy: [
    allowInRegion("logs:DescribeResourcePolicies", "logs:DeleteResourcePolicy", "logs:PutResourcePolicy"),
  ],
};
