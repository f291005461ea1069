import { arn } from "../../environment";
import { allow } from "../../iam";
import { type AccessByType, allowInRegion, here } from "./access";

/** API Gateway's ARNs are paths of its own API, and name no account. */
const at = (...paths: readonly string[]): string[] =>
  paths.map((path) => arn({ account: "", region: "<region>" }, "apigateway", path));

/** Its actions are HTTP's methods: one is made of many, and each is read, changed and removed. */
const many = (path: string) => [
  allow("apigateway:POST").on(...at(path)),
  allow("apigateway:GET", "apigateway:PATCH", "apigateway:DELETE").on(...at(`${path}/*`)),
];

/** Tags are a resource of their own. */
const tags = allow("apigateway:GET", "apigateway:PUT", "apigateway:DELETE").on(...at("/tags/*"));

/**
 * infra's web ACL in front of an app's API. It is no load balancer, so an app's deploy reaches none: with infra's rights of the same type
 * it could take the web ACL away from each.
 */
export const guardedApi: AccessByType = {
  aws_wafv2_web_acl_association: [
    allow("wafv2:GetWebACLForResource", "wafv2:AssociateWebACL", "wafv2:DisassociateWebACL").on(
      here("wafv2", "regional/webacl/*/*"),
      ...at("/restapis/*/stages/*"),
    ),
    allow("wafv2:GetWebACL").on(here("wafv2", "regional/webacl/*/*")),
    allow("apigateway:SetWebACL").on(...at("/restapis/*/stages/*")),
  ],
};

/** REST APIs. No id is known before there is one, so no path parts one app's from another's: that is the ownership check's. */
export const restApi: AccessByType = {
  aws_api_gateway_rest_api: [
    ...many("/restapis"),
    allow("apigateway:PUT").on(...at("/restapis/*")),
    // The provider reads the resources of an API to know its root.
    allow("apigateway:GET").on(...at("/restapis/*/resources")),
    tags,
  ],
  aws_api_gateway_deployment: many("/restapis/*/deployments"),
  aws_api_gateway_stage: [...many("/restapis/*/stages"), tags],
  aws_api_gateway_method_settings: [
    allow("apigateway:GET", "apigateway:PATCH").on(...at("/restapis/*", "/restapis/*/stages/*")),
  ],
  aws_api_gateway_vpc_link: [
    ...many("/vpclinks"),
    tags,
    // A V1 link is an endpoint service of PrivateLink, on the load balancer.
    allowInRegion("ec2:DescribeVpcEndpointServiceConfigurations"),
    allow(
      "ec2:CreateVpcEndpointServiceConfiguration",
      "ec2:DeleteVpcEndpointServiceConfigurations",
      "ec2:ModifyVpcEndpointServicePermissions",
    ).on(here("ec2", "vpc-endpoint-service/*")),
  ],
  aws_api_gateway_api_key: [...many("/apikeys"), tags],
  aws_api_gateway_usage_plan: [...many("/usageplans"), tags],
  aws_api_gateway_usage_plan_key: many("/usageplans/*/keys"),
  aws_api_gateway_domain_name: [...many("/domainnames"), tags],
  aws_api_gateway_base_path_mapping: many("/domainnames/*/basepathmappings"),
  "data.aws_lb": [
    allowInRegion(
      "elasticloadbalancing:DescribeCapacityReservation",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeTags",
    ),
  ],
};
