import { targetGroupOf } from "../apps";
import type { EnvironmentInput } from "../environment";
import { devReachedBy, openapi, synthesized, withApps } from "../testing";
import { ApplicationStack } from "../workload";
import { appWorkspace } from "../workspace";

import { storefront } from "../testing/web-application";

const exposure: EnvironmentInput["exposures"][number] = { kind: "api-gateway", loadBalancer: "service" };
const environment = devReachedBy(exposure);
const api = { document: openapi };
type Api = NonNullable<NonNullable<Parameters<typeof storefront>[0]>["api"]>;
const app = (given: Api = api, of = environment) => storefront({ api: given, drainSeconds: 25 }, { environment: of });

/** The document as API Gateway gets it. */
function body(stack = app()) {
  const text = String(stack.resource("aws_api_gateway_rest_api")["body"]);
  return JSON.parse(text.replaceAll("$${", "${")) as {
    paths: Record<string, Record<string, Record<string, unknown>>>;
    components: Record<string, unknown>;
    "x-amazon-apigateway-binary-media-types": string[];
  };
}

const integration = (path: string, method: string) => {
  const found = body().paths[path]?.[method]?.["x-amazon-apigateway-integration"];
  return found as Record<string, unknown>;
};

describe("an app's REST API", () => {
  it("leads to the app over the stage's link, each operation with its path, query and declared headers", () => {
    expect(integration("/pets", "get")).toEqual({
      type: "http_proxy",
      httpMethod: "GET",
      uri: "http://storefront.dev.example.com:80/pets",
      connectionType: "VPC_LINK",
      connectionId: "${stageVariables.vpcLinkId}",
      passthroughBehavior: "when_no_match",
      timeoutInMillis: 29000,
      requestParameters: {
        "integration.request.querystring.limit": "method.request.querystring.limit",
        "integration.request.querystring.tags": "method.request.multivaluequerystring.tags",
        "integration.request.header.x-trace": "method.request.header.x-trace",
      },
    });
    expect(integration("/pets/{petId}", "put")).toMatchObject({
      httpMethod: "PUT",
      uri: "http://storefront.dev.example.com:80/pets/{petId}",
      requestParameters: { "integration.request.path.petId": "method.request.path.petId" },
    });
    expect(integration("/pets", "post")).not.toHaveProperty("requestParameters");
    expect(body()["x-amazon-apigateway-binary-media-types"]).toEqual(["application/octet-stream"]);
  });

  it("asks for a key, whatever the operation", () => {
    const { paths, components } = body();
    const operations = Object.values(paths)
      .flatMap((path) => Object.values(path))
      .filter((each) => !Array.isArray(each));
    expect(operations.map(({ security }) => security)).toEqual(Array.from({ length: 4 }, () => [{ api_key: [] }]));
    expect(components["securitySchemes"]).toEqual({ api_key: { type: "apiKey", name: "x-api-key", in: "header" } });
    const stack = app({ ...api, quota: { requests: 1000, period: "DAY" } });
    expect(stack.resource("aws_api_gateway_usage_plan")).toMatchObject({
      throttle_settings: { rate_limit: 100, burst_limit: 200 },
      quota_settings: { limit: 1000, period: "DAY" },
    });
  });

  it("is deployed anew with another document, before the old deployment goes, and not otherwise", () => {
    const trigger = (stack = app()) => stack.resource("aws_api_gateway_deployment")["triggers"];
    expect(trigger()).toEqual(trigger());
    const document = { ...openapi, info: { ...openapi.info, version: "2" } };
    expect(trigger(app({ document }))).not.toEqual(trigger());
    expect(trigger(app({ ...api, throttle: { burst: 5 } }))).toEqual(trigger());
    expect(JSON.stringify(trigger())).not.toContain("${");
    expect(app().resource("aws_api_gateway_deployment")["lifecycle"]).toEqual({ create_before_destroy: true });
  });

  it("logs each request where infra keeps the logs, and nothing of what is in it", () => {
    const stack = app();
    expect(stack.resource("aws_api_gateway_stage")).toMatchObject({
      stage_name: "prod",
      variables: { vpcLinkId: expect.stringMatching(/^\$\{aws_api_gateway_vpc_link\./) },
      access_log_settings: {
        destination_arn: "${data.terraform_remote_state.infra-apis-v1.outputs.apis_v1.accessLogGroupArns.storefront}",
        format: expect.stringContaining('"apiKeyId":"$context.identity.apiKeyId"'),
      },
    });
    expect(stack.resource("aws_api_gateway_method_settings")).toMatchObject({
      method_path: "*/*",
      settings: { logging_level: "OFF", data_trace_enabled: false, throttling_rate_limit: 100 },
    });
  });

  it("has infra's web ACL in front of its stage where the exposure says so", () => {
    expect(app().resources("aws_wafv2_web_acl_association")).toEqual([]);
    const guarded = app(api, devReachedBy({ ...exposure, waf: true }));
    expect(guarded.resource("aws_wafv2_web_acl_association")).toMatchObject({
      resource_arn: expect.stringMatching(/^\$\{aws_api_gateway_stage\.[\w-]+\.arn\}$/),
      web_acl_arn: "${data.terraform_remote_state.infra-webAcl-v1.outputs.webAcl_v1.webAclArn}",
    });
  });

  it("has the app's host name, as one of several records of it, or API Gateway's own", () => {
    const stack = app();
    expect(stack.resource("aws_api_gateway_domain_name")).toMatchObject({ security_policy: "TLS_1_2" });
    expect(stack.resource("aws_route53_record")).toMatchObject({
      set_identifier: "dev-a-api-gateway",
      weighted_routing_policy: { weight: 100 },
    });
    expect(stack.resource("aws_api_gateway_rest_api")).toMatchObject({ disable_execute_api_endpoint: true });
    const plain = app({ ...api, domain: false });
    expect(plain.resource("aws_api_gateway_rest_api")).toMatchObject({ disable_execute_api_endpoint: false });
    expect(plain.resources("aws_api_gateway_domain_name")).toEqual([]);
    expect(plain.resources("aws_route53_record")).toEqual([]);
  });
});

describe("the load balancer of the app's own", () => {
  const services = (stack = app()) =>
    stack.resources("kubernetes_service_v1").map(({ metadata, spec }) => ({ metadata, spec }));

  it("is a Service's beside the one for the inside: internal, to pods, with no port of a node", () => {
    const [balanced, inside] = services();
    expect(inside).toMatchObject({ metadata: { name: "storefront" }, spec: { type: "ClusterIP" } });
    const prefix = "service.beta.kubernetes.io/aws-load-balancer-";
    expect(balanced).toMatchObject({
      metadata: {
        name: "storefront--api-gateway",
        annotations: {
          [`${prefix}scheme`]: "internal",
          [`${prefix}nlb-target-type`]: "ip",
          [`${prefix}inbound-sg-rules-on-private-link-traffic`]: "off",
          [`${prefix}healthcheck-path`]: "/readyz",
          [`${prefix}target-group-attributes`]:
            "preserve_client_ip.enabled=false,deregistration_delay.timeout_seconds=25",
        },
      },
      spec: {
        type: "LoadBalancer",
        load_balancer_class: "service.k8s.aws/nlb",
        allocate_load_balancer_node_ports: false,
        load_balancer_source_ranges:
          "${data.terraform_remote_state.infra-network-v2.outputs.network_v2.internalSubnetCidrs}",
        selector: { "app.kubernetes.io/name": "storefront" },
        port: [{ name: "http", port: 80, target_port: "http", protocol: "TCP" }],
      },
    });
  });

  it("is made by the controller that the cluster has", () => {
    const auto = { ...environment, clusters: { a: { version: "1.35", compute: { kind: "auto-mode" as const } } } };
    expect(services(app(api, auto))[0]).toMatchObject({ spec: { load_balancer_class: "eks.amazonaws.com/nlb" } });
  });

  it("is looked up by its Service alone, for a link that is replaced before the old one goes", () => {
    const stack = app();
    const [balancer] = Object.values((stack.json as { data: { aws_lb: Record<string, object> } }).data.aws_lb);
    expect(balancer).toMatchObject({ name: expect.stringMatching(/^\$\{replace\(kubernetes_service_v1\./) });
    expect(balancer).not.toHaveProperty("depends_on");
    expect(stack.resource("aws_api_gateway_vpc_link")).toMatchObject({
      target_arns: [expect.stringMatching(/^\$\{data\.aws_lb\.[\w-]+\.arn\}$/)],
      lifecycle: { create_before_destroy: true },
    });
  });

  it("is there before the app's first pod, which gets its readiness gate by it", () => {
    const [release] = app().resources("helm_release");
    expect(release?.["depends_on"]).toEqual(
      expect.arrayContaining([expect.stringMatching(/^kubernetes_service_v1\..*front_service/)]),
    );
  });
});

describe("an app behind the load balancer that infra owns", () => {
  const infras = devReachedBy({ kind: "api-gateway", loadBalancer: "infra", listeners: { storefront: 8002 } });
  const registered = { targetGroup: targetGroupOf({ targetGroup: undefined }) };
  const bound = (changes: Parameters<typeof storefront>[0] = {}) =>
    storefront(
      { api, ...changes },
      { environment: infras, registered: { targetGroup: { ...registered.targetGroup, port: 8080 } } },
    );

  it("owns its API and a binding, and no Service that lets anybody in, no link and no look-up", () => {
    const stack = bound();
    expect(stack.resource("kubernetes_service_v1")).toMatchObject({ spec: { type: "ClusterIP" } });
    expect(stack.resources("aws_api_gateway_vpc_link")).toEqual([]);
    expect(stack.dataTypes).not.toContain("aws_lb");
    expect(stack.object("TargetGroupBinding")).toMatchObject({ spec: { targetType: "ip" } });
    expect(stack.resource("aws_api_gateway_stage")).toMatchObject({
      variables: { vpcLinkId: "${data.terraform_remote_state.infra-edge-v1.outputs.edge_v1.vpcLinkIds.a}" },
    });
    expect(body(stack).paths["/pets"]?.["get"]?.["x-amazon-apigateway-integration"]).toMatchObject({
      uri: "http://storefront.dev.example.com:8002/pets",
    });
  });

  it("is refused another port than infra's load balancer reaches, and where it has no listener", () => {
    expect(() => bound({ port: 9090 })).toThrow(/port: 9090 is not what the app's target groups are for/);
    const others = devReachedBy({ kind: "api-gateway", loadBalancer: "infra", listeners: { petstore: 8001 } });
    expect(() => storefront({ api }, { environment: others })).toThrow(/leaves out "storefront"/);
  });

  it.each<[string, string, unknown, string]>([
    [
      "another app's listener",
      "aws_api_gateway_rest_api",
      { body: JSON.stringify(integratedAt("http://x.example.com:8001/pets")) },
      "the app's listener has port 8002",
    ],
    [
      "a port that a variable of the stage says",
      "aws_api_gateway_rest_api",
      { body: JSON.stringify(integratedAt("http://x.example.com:8002$${stageVariables.more}/pets")) },
      "the app's listener has port 8002",
    ],
    [
      "another cluster's link",
      "aws_api_gateway_stage",
      {
        variables: { vpcLinkId: "${data.terraform_remote_state.infra-edge-v1.outputs.edge_v1.vpcLinkIds.b}" },
      },
      "its variables.vpcLinkId is",
    ],
  ])("tries to reach %s, and is refused by the check of its stack", (_, type, change, message) => {
    const workspace = appWorkspace("storefront", { team: "shop", hostnames: ["storefront"] });
    const build = withApps([{ name: "storefront", team: "shop", hostnames: ["storefront"] }], (app, found) => {
      const stack = new ApplicationStack(app, { workspace, environment: found, cluster: "a" });
      stack.addOverride(`resource.${type}.theirs`, change);
    });
    expect(() => synthesized(build, infras)).toThrow(message);
  });
});

/** A document with one operation that leads there. */
function integratedAt(uri: string) {
  const integration = {
    ...{ type: "http_proxy", connectionType: "VPC_LINK", connectionId: "$${stageVariables.vpcLinkId}" },
    uri,
  };
  return { openapi: "3.0.3", paths: { "/pets": { get: { "x-amazon-apigateway-integration": integration } } } };
}

describe("an app is refused", () => {
  it("without a document", () => {
    expect(() => storefront({}, { environment })).toThrow(
      /api: nothing is given, and apps are reached by a REST API here/,
    );
  });

  it("with one host name in two clusters, of which API Gateway has it once", () => {
    const second = { version: "1.35", compute: { kind: "managed-nodes" as const } };
    const two = { ...environment, clusters: { ...environment.clusters, b: second } };
    expect(() => app(api, two)).toThrow(
      /api\.domain: true gives the host name to the API of one cluster.*there are a, b/,
    );
    expect(() => app({ ...api, domain: false }, two)).not.toThrow();
  });

  it("with a document that API Gateway would refuse, in whatever environment", () => {
    const document = { ...openapi, openapi: "3.1.0" };
    expect(() => storefront({ api: { document } })).toThrow(/api\.document\.openapi: "3\.1\.0" must be 3\.0/);
  });
});
