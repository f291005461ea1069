import { ApiGatewayApiKey } from "@cdktf/provider-aws/lib/api-gateway-api-key";
import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDeployment } from "@cdktf/provider-aws/lib/api-gateway-deployment";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { ApiGatewayMethodSettings } from "@cdktf/provider-aws/lib/api-gateway-method-settings";
import { ApiGatewayRestApi } from "@cdktf/provider-aws/lib/api-gateway-rest-api";
import { ApiGatewayStage } from "@cdktf/provider-aws/lib/api-gateway-stage";
import { ApiGatewayUsagePlan } from "@cdktf/provider-aws/lib/api-gateway-usage-plan";
import { ApiGatewayUsagePlanKey } from "@cdktf/provider-aws/lib/api-gateway-usage-plan-key";
import { ApiGatewayVpcLink } from "@cdktf/provider-aws/lib/api-gateway-vpc-link";
import { DataAwsLb } from "@cdktf/provider-aws/lib/data-aws-lb";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Wafv2WebAclAssociation } from "@cdktf/provider-aws/lib/wafv2-web-acl-association";
import { ServiceV1 } from "@cdktf/provider-kubernetes/lib/service-v1";
import { consume } from "../../contract";
import { dnsContract, webAclContract } from "../../contracts";
import { networkLoadBalancerName } from "../../kubernetes";
import type { ApplicationStack } from "../../workload";
import type { Fill } from "./attempt";

type More = Readonly<Record<string, unknown>>;

/** How an app's document leads to the VPC link that its stage names. */
const integration = {
  type: "http_proxy",
  httpMethod: "GET",
  uri: "http://petstore:80/pet",
  connectionType: "VPC_LINK",
  connectionId: "$${stageVariables.vpcLinkId}",
};

/**
 * An OpenAPI document with one operation.
 * @param integrated what differs in its integration
 * @param more what else the document has
 */
export const bodyOf = (integrated: More, more: More = {}): string =>
  JSON.stringify({
    openapi: "3.0.1",
    paths: { "/pet": { get: { "x-amazon-apigateway-integration": { ...integration, ...integrated } } } },
    ...more,
  });

/** An OpenAPI document whose callers are known by what API Gateway asks. */
export const bodyAsking = (authorizer: More, name = "x-amazon-apigateway-authorizer"): string =>
  bodyOf(
    {},
    {
      components: {
        securitySchemes: { callers: { type: "apiKey", name: "Authorization", in: "header", [name]: authorizer } },
      },
    },
  );

/** The load balancer that a controller made for the app's Service. */
function balancer(stack: ApplicationStack, more: More = {}): DataAwsLb {
  const service = new ServiceV1(stack, "balanced", {
    metadata: { name: "petstore", namespace: stack.namespace },
    spec: { type: "LoadBalancer" },
  });
  return new DataAwsLb(stack, "balancer", { name: networkLoadBalancerName(service), ...more });
}

/** All that an app's API is made of, each with what is given for it. */
export function restApi(stack: ApplicationStack, more: Readonly<Partial<Record<Part, More>>> = {}): void {
  const link = new ApiGatewayVpcLink(stack, "link", {
    name: "petstore",
    targetArns: [balancer(stack).arn],
    ...more.link,
  });
  const api = new ApiGatewayRestApi(stack, "api", { name: "petstore", body: bodyOf({}), ...more.api });
  const deployment = new ApiGatewayDeployment(stack, "deployment", { restApiId: api.id, ...more.deployment });
  const stage = new ApiGatewayStage(stack, "stage", {
    restApiId: api.id,
    deploymentId: deployment.id,
    stageName: "prod",
    variables: { vpcLinkId: link.id },
    ...more.stage,
  });
  new ApiGatewayMethodSettings(stack, "settings", {
    restApiId: api.id,
    stageName: stage.stageName,
    methodPath: "*/*",
    settings: { throttlingRateLimit: 100 },
    ...more.settings,
  });
  new Wafv2WebAclAssociation(stack, "guard", {
    resourceArn: stage.arn,
    webAclArn: consume(stack, webAclContract).webAclArn,
    ...more.guard,
  });
  const plan = new ApiGatewayUsagePlan(stack, "plan", {
    name: "petstore",
    apiStages: [{ apiId: api.id, stage: stage.stageName }],
    ...more.plan,
  });
  const key = new ApiGatewayApiKey(stack, "key", { name: "petstore" });
  new ApiGatewayUsagePlanKey(stack, "plan-key", {
    keyId: key.id,
    keyType: "API_KEY",
    usagePlanId: plan.id,
    ...more.planKey,
  });
  const domain = new ApiGatewayDomainName(stack, "domain", {
    domainName: "petstore.dev.example.com",
    regionalCertificateArn: consume(stack, dnsContract).certificateArn,
    ...more.domain,
  });
  new ApiGatewayBasePathMapping(stack, "mapping", {
    apiId: api.id,
    stageName: stage.stageName,
    domainName: domain.domainName,
    ...more.mapping,
  });
  new Route53Record(stack, "record", {
    zoneId: consume(stack, dnsContract).zoneId,
    name: "petstore.dev.example.com",
    type: "A",
    alias: { name: domain.regionalDomainName, zoneId: domain.regionalZoneId, evaluateTargetHealth: false },
    setIdentifier: "dev-a-api-gateway",
    weightedRoutingPolicy: { weight: 100 },
    ...more.record,
  });
}

type Part =
  "link" | "api" | "deployment" | "stage" | "guard" | "settings" | "plan" | "planKey" | "domain" | "mapping" | "record";

/** An app's API as it may be, but for one part. */
export const api =
  (part: Part, more: More): Fill =>
  (stack) =>
    restApi(stack, { [part]: more });

/** The look-up of its load balancer, but for what is given. */
export const lookup =
  (more: More): Fill =>
  (stack) =>
    void balancer(stack, more);
