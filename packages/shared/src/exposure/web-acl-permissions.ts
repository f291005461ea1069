import { consume } from "../contract";
import { webAclContract } from "../contracts";
import { arn, clusterName } from "../environment";
import { allow, type Statement } from "../iam";
import type { ClusterParty } from "./consequences";

/** Letters and digits of its group's name that the controller takes into a load balancer's: pkg/ingress/model_build_load_balancer.go. */
const OF_GROUP = 17;

/**
 * What the load balancer controller needs to put infra's web ACL in front of the ALBs of its cluster's Ingresses, and no other web ACL.
 * AWS looks at no tag of the load balancer here, so it is the name that tells: the groups begin with the cluster's (tenancy of
 * k8s-platform). Elastic Load Balancing's own action knows no resources, and WAF asks both.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html
 */
export function webAclPermissions(stack: ClusterParty): Statement[] {
  const { environment, cluster } = stack;
  const { webAclArn } = consume(stack, webAclContract);
  const group = clusterName(environment, cluster).replaceAll("-", "").slice(0, OF_GROUP);
  const loadBalancers = arn(environment, "elasticloadbalancing", `loadbalancer/app/k8s-${group}*/*`);
  return [
    allow("wafv2:AssociateWebACL", "wafv2:GetWebACLForResource").on(webAclArn, loadBalancers),
    allow("wafv2:GetWebACL").on(webAclArn),
    allow("elasticloadbalancing:SetWebAcl").on("*"),
  ];
}
