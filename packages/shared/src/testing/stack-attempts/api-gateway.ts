import { type Fill, override, type StackAttempt } from "./attempt";
import { apiDocuments } from "./api-documents";
import { api, bodyAsking, lookup, restApi } from "./rest-api";

/** By something else than the name that its own Service's status gives. */
const searches: readonly StackAttempt[] = [
  { name: "a load balancer by a name of its choice", by: { name: "shop" }, refusedBy: "by name shop; name its name" },
  { name: "a load balancer by its ARN", by: { name: undefined, arn: "arn:aws:x" }, refusedBy: "by arn; name its" },
  { name: "a load balancer by tags", by: { name: undefined, tags: { team: "shop" } }, refusedBy: "by tags; name its" },
  { name: "any load balancer", by: { name: undefined }, refusedBy: "by nothing; name its name" },
  {
    name: "the load balancer of its Service, or else of a tag",
    by: { tags: { team: "shop" } },
    refusedBy: "by name, tags; name its name",
  },
  {
    name: "a load balancer by a part of its Service that is not the status",
    by: { name: "${kubernetes_service_v1.balanced.metadata[0].name}" },
    refusedBy: "by name ${kubernetes_service_v1.balanced.metadata[0].name}",
  },
  {
    name: "a load balancer by what a function makes of its Service's status",
    by: {
      name: '${replace(kubernetes_service_v1.balanced.status[0].load_balancer[0].ingress[0].hostname, "/.*/", "shop")}',
    },
    refusedBy: "by name ${replace(",
  },
  {
    name: "a load balancer by the status of a Service that no stack makes",
    by: {
      name: '${replace(kubernetes_service_v1.theirs.status[0].load_balancer[0].ingress[0].hostname, "/-[0-9a-f]{16}[.]elb[.].*$/", "")}',
    },
    refusedBy: "by name ${replace(kubernetes_service_v1.theirs",
  },
  {
    name: "a load balancer by what stands behind its Service's name",
    by: {
      name: '${replace(kubernetes_service_v1.balanced.status[0].load_balancer[0].ingress[0].hostname, "/-[0-9a-f]{16}[.]elb[.].*$/", "")}x',
    },
    refusedBy: "by name ${replace(",
  },
].map(({ name, by, refusedBy }) => ({ name, attempt: lookup(by), refusedBy }));

/** Of another team's API, link, plan or host name. */
const others: readonly StackAttempt[] = [
  {
    name: "a VPC link to a load balancer of another's",
    attempt: api("link", { targetArns: ["arn:aws:elasticloadbalancing:x"] }),
    refusedBy: "it leads to arn:aws:elasticloadbalancing:x",
  },
  {
    name: "a VPC link to a load balancer of another's, beside its own",
    attempt: api("link", { targetArns: ["${data.aws_lb.balancer.arn}", "arn:aws:elasticloadbalancing:x"] }),
    refusedBy: "it leads to arn:aws:elasticloadbalancing:x",
  },
  {
    name: "a deployment of another's API",
    attempt: api("deployment", { restApiId: "abc123" }),
    refusedBy: "its rest_api_id is abc123",
  },
  {
    name: "a deployment that makes a stage, with a link of its choice",
    attempt: api("deployment", { stageName: "prod", variables: { vpcLinkId: "theirs" } }),
    refusedBy: "it may not have stage_name",
  },
  { name: "a stage of another's API", attempt: api("stage", { restApiId: "abc123" }), refusedBy: "its rest_api_id is" },
  {
    name: "a stage with another's deployment",
    attempt: api("stage", { deploymentId: "abc123" }),
    refusedBy: "its deployment_id is abc123",
  },
  {
    name: "a stage with another's VPC link",
    attempt: api("stage", { variables: { vpcLinkId: "theirs" } }),
    refusedBy: "its variables.vpcLinkId is theirs",
  },
  {
    name: "a stage whose canary has another's VPC link",
    attempt: api("stage", {
      canarySettings: { deploymentId: "x", percentTraffic: 1, stageVariableOverrides: { vpcLinkId: "theirs" } },
    }),
    refusedBy: "it may not have canary_settings",
  },
  {
    name: "a stage that logs into another's log group",
    attempt: api("stage", { accessLogSettings: { destinationArn: "arn:aws:logs:x", format: "{}" } }),
    refusedBy: "its access log is arn:aws:logs:x",
  },
  {
    name: "a stage that logs into another app's log group",
    attempt: api("stage", {
      accessLogSettings: {
        destinationArn: "${data.terraform_remote_state.infra-apis-v1.outputs.apis_v1.accessLogGroupArns.storefront}",
        format: "{}",
      },
    }),
    refusedBy: "its access log is ${data.terraform_remote_state.infra-apis-v1",
  },
  {
    name: "a record of another team's host name",
    attempt: api("record", { name: "storefront.dev.example.com" }),
    refusedBy: "its name is storefront.dev.example.com",
  },
  {
    name: "a record that leads elsewhere",
    attempt: api("record", { alias: undefined, records: ["203.0.113.1"], ttl: 60 }),
    refusedBy: "it may not have records",
  },
  {
    name: "a record that is the alias of something else",
    attempt: api("record", { alias: { name: "x.example.com", zoneId: "Z1", evaluateTargetHealth: false } }),
    refusedBy: "its alias.name is x.example.com",
  },
  {
    name: "a record in place of another cluster's",
    attempt: api("record", { setIdentifier: "dev-b-api-gateway" }),
    refusedBy: "its set_identifier is dev-b-api-gateway",
  },
  {
    name: "a record that outranks others by where the caller is",
    attempt: api("record", { weightedRoutingPolicy: undefined, geolocationRoutingPolicy: { country: "*" } }),
    refusedBy: "it may not have geolocation_routing_policy",
  },
  {
    name: "a record in another zone",
    attempt: api("record", { zoneId: "Z1" }),
    refusedBy: "its zone_id is Z1",
  },
  {
    name: "settings of another's methods",
    attempt: api("settings", { restApiId: "abc123" }),
    refusedBy: "its rest_api_id is abc123",
  },
  {
    name: "a usage plan of another's API",
    attempt: api("plan", { apiStages: [{ apiId: "abc123", stage: "prod" }] }),
    refusedBy: "its api_stages.api_id is abc123",
  },
  {
    name: "a web ACL before another's API",
    attempt: api("guard", { resourceArn: "arn:aws:apigateway:eu-west-1::/restapis/abc123/stages/prod" }),
    refusedBy: "its resource_arn is arn:aws:apigateway",
  },
  {
    name: "a web ACL before a load balancer of infra's",
    attempt: api("guard", { resourceArn: "arn:aws:elasticloadbalancing:x" }),
    refusedBy: "its resource_arn is arn:aws:elasticloadbalancing:x",
  },
  {
    name: "a web ACL of its choice",
    attempt: api("guard", { webAclArn: "arn:aws:wafv2:x" }),
    refusedBy: "its web_acl_arn is arn:aws:wafv2:x",
  },
  {
    name: "a key for another's usage plan",
    attempt: api("planKey", { usagePlanId: "abc123" }),
    refusedBy: "its usage_plan_id is abc123",
  },
  { name: "another's key", attempt: api("planKey", { keyId: "abc123" }), refusedBy: "its key_id is abc123" },
  {
    name: "another team's host name",
    attempt: api("domain", { domainName: "storefront.dev.example.com" }),
    refusedBy: "its domain_name is storefront.dev.example.com",
  },
  {
    name: "a certificate of its choice",
    attempt: api("domain", { regionalCertificateArn: "arn:aws:acm:x" }),
    refusedBy: "its regional_certificate_arn is arn:aws:acm:x",
  },
  {
    name: "a path of another's host name",
    attempt: api("mapping", { domainName: "storefront.dev.example.com" }),
    refusedBy: "its domain_name is storefront.dev.example.com",
  },
  {
    name: "another's API under its host name",
    attempt: api("mapping", { apiId: "abc123" }),
    refusedBy: "its api_id is abc123",
  },
];

/** Types that could lead around the document, or are the account's. */
const types: readonly StackAttempt[] = ["integration", "account", "authorizer", "rest_api_put"].map((type) => ({
  name: `aws_api_gateway_${type}`,
  attempt: override(`resource.aws_api_gateway_${type}.x`, {}),
  refusedBy: `may not create aws_api_gateway_${type}; it belongs to infra (`,
}));

const ofAnotherExposure: readonly StackAttempt[] = [
  {
    name: "an Ingress, on which nothing would act",
    attempt: override("resource.kubernetes_ingress_v1.x", { metadata: { namespace: "pets" } }),
    refusedBy:
      /may not create kubernetes_ingress_v1; it belongs to k8s-platform or apps where the environment's exposure is alb-ingress; here it is api-gateway with loadBalancer service \(/,
  },
];

/** What apps try where the environment's exposure is api-gateway. */
export const apiGateway: readonly StackAttempt[] = [
  ...searches,
  ...others,
  ...apiDocuments,
  ...types,
  ...ofAnotherExposure,
];

/** What apps have there, and nowhere else. */
export const onlyWithApiGateway: readonly StackAttempt[] = [
  {
    name: "a REST API",
    attempt: (stack) => restApi(stack),
    refusedBy:
      /may not create aws_api_gateway_rest_api; it belongs to infra or apps where the environment's exposure is api-gateway; here it is alb-ingress \(/,
  },
  {
    name: "the load balancer of its own Service",
    attempt: lookup({}),
    refusedBy:
      /may not look up aws_lb; it is for apps where the environment's exposure is api-gateway with loadBalancer service; here it is alb-ingress; consume/,
  },
];

/** What apps try where infra owns the load balancer and the link to it. */
export const behindInfrasLoadBalancer: readonly StackAttempt[] = [
  {
    name: "a VPC link of its own",
    attempt: (stack) => restApi(stack),
    refusedBy:
      /may not create aws_api_gateway_vpc_link; it belongs to infra or apps where the environment's exposure is api-gateway with loadBalancer service; here it is api-gateway with loadBalancer infra \(/,
  },
  {
    name: "the load balancer of its own Service",
    attempt: lookup({}),
    refusedBy:
      /may not look up aws_lb; it is for apps where the environment's exposure is api-gateway with loadBalancer service; here it is api-gateway with loadBalancer infra; consume/,
  },
];

/** What stays allowed to apps there. */
export const allowedWithApiGateway: Readonly<Record<string, Fill>> = {
  "a REST API in front of its Service, with all that hangs from it": (stack) => restApi(stack),
  "an API whose callers a user pool knows": api("api", {
    body: bodyAsking({
      type: "cognito_user_pools",
      providerARNs: ["arn:aws:cognito-idp:ap-northeast-1:123456789012:userpool/x"],
      identitySource: "method.request.header.Authorization",
    }),
  }),
  "an access log that a contract gives": api("stage", {
    accessLogSettings: {
      destinationArn: "${data.terraform_remote_state.infra-apis-v1.outputs.apis_v1.accessLogGroupArns.petstore}",
      format: "{}",
    },
  }),
  "the load balancer of its own Service": lookup({}),
};
