import {
  CreateListenerCommand,
  CreateTargetGroupCommand,
  DeleteListenerCommand,
  DeleteLoadBalancerCommand,
  DeleteTargetGroupCommand,
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingV2Client,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { openapi, restApiApp } from "@demarc/shared/testing";
import { z } from "zod";
import { ApiGateway } from "../api-gateway/api-gateway";
import { WebAcls } from "../controllers/load-balancer/web-acls";
import { RestApis } from "../eks-api/account/rest-apis";
import { clientOf, REGION } from "../eks-api/testing/landscape";
import { type LocalAws, startLocalAws } from "../eks-api/testing/local-aws";
import { NO_CHANGES } from "../eks-api/testing/terraform";
import { describeWithTerraform } from "../eks-api/testing/with-terraform";
import { contractsAsLocals } from "./testing/contracts-as-locals";

/** What the stacks before it made, and the load balancer that a controller makes of the app's Service. @param made its name */
const others = (made: string) => ({
  provider: { aws: { region: REGION } },
  resource: {
    aws_vpc: { any: { cidr_block: "10.1.0.0/16" } },
    aws_subnet: { a: { vpc_id: "${aws_vpc.any.id}", availability_zone: `${REGION}a`, cidr_block: "10.1.0.0/24" } },
    aws_lb: {
      made: {
        name: made,
        load_balancer_type: "network",
        internal: true,
        subnets: ["${aws_subnet.a.id}"],
        lifecycle: { create_before_destroy: true },
      },
    },
    aws_route53_zone: { any: { name: "dev.example.com" } },
    aws_acm_certificate: { any: { domain_name: "*.dev.example.com", validation_method: "DNS" } },
    aws_acm_certificate_validation: { any: { certificate_arn: "${aws_acm_certificate.any.arn}" } },
    aws_wafv2_web_acl: {
      any: {
        name: "guard",
        scope: "REGIONAL",
        default_action: { allow: {} },
        visibility_config: { cloudwatch_metrics_enabled: false, metric_name: "guard", sampled_requests_enabled: false },
      },
    },
    aws_cloudwatch_log_group: { any: { name: "/demarc/dev/apis/storefront" } },
    aws_iam_role: {
      logs: {
        name: "logs",
        assume_role_policy: JSON.stringify({
          Statement: [
            { Effect: "Allow", Principal: { Service: "apigateway.amazonaws.com" }, Action: "sts:AssumeRole" },
          ],
        }),
      },
    },
    aws_iam_role_policy_attachment: {
      logs: {
        role: "${aws_iam_role.logs.name}",
        policy_arn: "arn:aws:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs",
      },
    },
    aws_api_gateway_account: {
      any: {
        cloudwatch_role_arn: "${aws_iam_role.logs.arn}",
        reset_on_delete: true,
        depends_on: ["aws_iam_role_policy_attachment.logs"],
      },
    },
  },
  locals: {
    dns_v1: {
      zoneId: "${aws_route53_zone.any.zone_id}",
      baseDomain: "dev.example.com",
      certificateArn: "${aws_acm_certificate_validation.any.certificate_arn}",
    },
    webAcl_v1: { webAclArn: "${aws_wafv2_web_acl.any.arn}" },
    // The stage comes after the account's role, as the state of infra says it is there.
    apis_v1: {
      accessLogGroupArns: {
        storefront: '${aws_api_gateway_account.any.id == "" ? "" : aws_cloudwatch_log_group.any.arn}',
      },
    },
    // Known once the load balancer is there, as the Service's status is.
    hostname: `\${split("/", aws_lb.made.arn)[2]}-0123456789abcdef.elb.${REGION}.amazonaws.com`,
  },
});

const parts = z.object({
  resource: z.record(z.string(), z.unknown()),
  data: z.object({ aws_lb: z.unknown() }),
});

/** What of the app's stack is in AWS, in one state with what it refers to. */
function partsOf(document: typeof openapi): object {
  const { resource, data } = parts.parse(restApiApp(document).json);
  const inAws = Object.fromEntries(Object.entries(resource).filter(([type]) => type.startsWith("aws_")));
  const text = contractsAsLocals(JSON.stringify({ resource: inAws, data })).replaceAll(
    /kubernetes_service_v1\.[\w-]+\.status\[0\]\.load_balancer\[0\]\.ingress\[0\]\.hostname/g,
    "local.hostname",
  );
  return JSON.parse(text) as object;
}

describeWithTerraform("an app's REST API, through Terraform's AWS provider", (terraform) => {
  let aws: LocalAws;
  let endpoints: Record<string, string>;
  let elb: ElasticLoadBalancingV2Client;
  let gateway: ApiGateway;

  beforeAll(async () => {
    aws = await startLocalAws();
    endpoints = { AWS_ENDPOINT_URL: aws.url };
    elb = clientOf(ElasticLoadBalancingV2Client, aws.url);
    gateway = new ApiGateway({ awsUrl: aws.url, region: REGION });
    terraform.write("others", others("first"));
    terraform.write("app", partsOf(openapi));
  });

  afterAll(() => aws.stop());

  vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

  /** Type and actions of each change that is planned. */
  const planned = async () => {
    const { exitCode } = await terraform.plan(endpoints);
    if (exitCode === NO_CHANGES) return [];
    const { resources } = await terraform.plannedChanges();
    return [...resources]
      .map(([address, actions]) => `${address.split(".")[0] ?? ""} ${actions.join(" then ")}`)
      .sort();
  };

  const found = async () => {
    const [api] = await gateway.apis();
    const [stage] = await gateway.stages(api?.id ?? "");
    const [link] = await gateway.links();
    return { api, stage, link };
  };

  const balancer = async () =>
    (await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers?.[0]?.LoadBalancerArn;

  // One life, told in order: each step needs what the one before made.
  it("is made in one apply, and the next plan is empty", async () => {
    await terraform.apply(endpoints);
    expect(await planned()).toEqual([]);
    const { api, stage, link } = await found();
    expect(api).toMatchObject({ name: "dev-a-storefront", endpointConfiguration: { types: ["REGIONAL"] } });
    expect(link).toMatchObject({ status: "AVAILABLE", targetArns: [await balancer()] });
    expect(stage).toMatchObject({ stageName: "prod", variables: { vpcLinkId: link?.id } });
    expect(await gateway.domains()).toEqual(new Map([["storefront.dev.example.com", api?.id]]));
  });

  it("has each operation of the document, over the link, with its parameters and for a key", async () => {
    const { api } = await found();
    const methods = await gateway.methods(api?.id ?? "");
    expect(methods.map(({ httpMethod, path }) => `${httpMethod} ${path}`).sort()).toEqual([
      "GET /pets",
      "GET /pets/{petId}",
      "POST /pets",
      "PUT /pets/{petId}",
    ]);
    for (const { path, apiKeyRequired, methodIntegration } of methods) {
      expect(apiKeyRequired).toBe(true);
      expect(methodIntegration).toMatchObject({
        type: "HTTP_PROXY",
        connectionType: "VPC_LINK",
        connectionId: "${stageVariables.vpcLinkId}",
        uri: `http://storefront.dev.example.com:80${path}`,
      });
    }
    const { requestParameters } = methods.find(({ path }) => path === "/pets/{petId}")?.methodIntegration ?? {};
    expect(requestParameters).toEqual({ "integration.request.path.petId": "method.request.path.petId" });
    const [plan] = await gateway.plans();
    expect(plan?.apiStages).toEqual([{ apiId: api?.id, stage: "prod" }]);
    expect(await gateway.keys(plan?.id ?? "")).toEqual([expect.objectContaining({ enabled: true })]);
  });

  it("is told with its key where its load balancer listens for it, and nowhere else", async () => {
    const apis = new RestApis(gateway, elb, REGION);
    expect(await apis.ways()).toEqual([]);
    const [{ LoadBalancerArn, VpcId } = {}] =
      (await elb.send(new DescribeLoadBalancersCommand({}))).LoadBalancers ?? [];
    const group = { Name: "pods", VpcId, Protocol: "TCP", Port: 8080, TargetType: "ip" } as const;
    const { TargetGroups = [] } = await elb.send(new CreateTargetGroupCommand(group));
    const [{ TargetGroupArn } = {}] = TargetGroups;
    const listener = { LoadBalancerArn, Protocol: "TCP", Port: 80 } as const;
    const { Listeners = [] } = await elb.send(
      new CreateListenerCommand({ ...listener, DefaultActions: [{ Type: "forward", TargetGroupArn }] }),
    );
    const [plan] = await gateway.plans();
    const [key] = await gateway.keys(plan?.id ?? "");
    expect(await apis.ways()).toEqual([
      { targetGroup: TargetGroupArn, addresses: ["storefront.dev.example.com"], keys: [key?.id] },
    ]);
    await elb.send(new DeleteListenerCommand({ ListenerArn: Listeners[0]?.ListenerArn }));
    await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }));
  });

  it("has infra's web ACL in front of its stage", async () => {
    const { api } = await found();
    const ResourceArn = `arn:aws:apigateway:${REGION}::/restapis/${String(api?.id)}/stages/prod`;
    const anyone = { accessKeyId: "test", secretAccessKey: "test", sessionToken: "", expiration: new Date() };
    const webAcls = new WebAcls({ endpoint: aws.url, region: REGION, credentials: () => Promise.resolve(anyone) });
    expect(await webAcls.of(ResourceArn)).toMatch(/:regional\/webacl\/guard\//);
  });

  it("keeps its link and load balancer as long as its stage leads there", async () => {
    const { link } = await found();
    await expect(gateway.deleteLink(link?.id ?? "")).rejects.toThrow(/Cannot delete vpc link.*:GET:.*:prod/);
    const LoadBalancerArn = await balancer();
    await expect(elb.send(new DeleteLoadBalancerCommand({ LoadBalancerArn }))).rejects.toThrow("another service");
  });

  it("serves another document by another deployment, and of the rest nothing changes", async () => {
    const { stage: before } = await found();
    const { "/pets": pets } = openapi.paths;
    terraform.write(
      "app",
      partsOf({ ...openapi, paths: { ...openapi.paths, "/pets": { ...pets, get: { ...pets.get, parameters: [] } } } }),
    );
    expect(await planned()).toEqual([
      "aws_api_gateway_deployment create then delete",
      "aws_api_gateway_rest_api update",
      "aws_api_gateway_stage update",
    ]);
    await terraform.apply(endpoints);
    expect(await planned()).toEqual([]);
    expect((await found()).stage?.deploymentId).not.toBe(before?.deploymentId);
  });

  it("gets another link where its load balancer is another, while it serves", async () => {
    const { link: before, api } = await found();
    terraform.write("others", others("second"));
    await terraform.apply(endpoints);
    expect(await planned()).toEqual([]);
    const { link, stage, api: same } = await found();
    expect(link?.id).not.toBe(before?.id);
    expect(stage?.variables).toEqual({ vpcLinkId: link?.id });
    expect(same?.id).toBe(api?.id);
    expect(await gateway.links()).toHaveLength(1);
  });

  it("is destroyed with its link before the load balancer, and nothing is left", async () => {
    await terraform.destroy(endpoints);
    expect(await aws.inventory()).toEqual([]);
  });
});
