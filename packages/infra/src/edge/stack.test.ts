import { edgeEnvironment, edgeStack, edgeStacks, exposedApps } from "../testing/edge";

const stack = edgeStack();

/** The one resource of that type whose label begins so. */
const labelled = (type: string, prefix: string, from = stack) => {
  const [label = "", ...others] = from.labels(type).filter((each) => each.startsWith(prefix));
  expect(others).toEqual([]);
  return from.labelled(type, label);
};

const groupOf = (host: string, cluster: string) =>
  expect.stringMatching(
    new RegExp(`^\\$\\{aws_lb_target_group\\.host-${host}_cluster-${cluster}_\\w+\\.arn\\}$`),
  ) as string;

it("the load balancer that infra owns is there where the environment asks for it, with a way into each cluster", () => {
  expect(Object.keys(edgeStacks()).toSorted()).toEqual([
    "dev-a-edge-access",
    "dev-access-logs",
    "dev-b-edge-access",
    "dev-edge",
  ]);
  const environment = {
    ...edgeEnvironment(),
    exposures: [{ kind: "alb-ingress" as const, scheme: "internal" as const }],
  };
  expect(edgeStacks({ environment })).toEqual({});
});

it("is let in to pods on Fargate by the apps' bindings, and by no rule of infra's beside them", () => {
  const environment = edgeEnvironment({ a: 1 });
  const onFargate = { ...environment, clusters: { a: { version: "1.35", compute: { kind: "fargate" as const } } } };
  expect(Object.keys(edgeStacks({ environment: onFargate })).toSorted()).toEqual(["dev-access-logs", "dev-edge"]);
});

describe("the ALB", () => {
  const balancer = stack.resource("aws_lb");

  it("faces the internet from the public subnets, and writes down who asks", () => {
    expect(balancer).toMatchObject({
      name: "dev-edge",
      load_balancer_type: "application",
      internal: false,
      subnets: "${data.terraform_remote_state.infra-network-v2.outputs.network_v2.publicSubnetIds}",
      drop_invalid_header_fields: true,
      access_logs: { bucket: expect.stringMatching(/accessLogs_v1\.bucketName\}$/), enabled: true },
    });
  });

  it("is deleted by nobody's slip, unless the settings say so", () => {
    expect(balancer).toMatchObject({ enable_deletion_protection: true, lifecycle: { prevent_destroy: true } });
    const open = edgeStack({ settings: { deletionProtection: false } }).resource("aws_lb");
    expect(open).toMatchObject({ enable_deletion_protection: false });
    expect(open).not.toHaveProperty("lifecycle");
  });

  it("lets in HTTP and HTTPS, and reaches nothing but the ports of the exposed apps", () => {
    const ingress = stack.resources("aws_vpc_security_group_ingress_rule");
    expect(ingress.map(({ cidr_ipv4, from_port, to_port }) => [cidr_ipv4, from_port, to_port])).toEqual([
      ["0.0.0.0/0", 80, 80],
      ["0.0.0.0/0", 443, 443],
    ]);
    const egress = stack.resources("aws_vpc_security_group_egress_rule");
    const vpc = "${data.terraform_remote_state.infra-network-v2.outputs.network_v2.vpcCidr}";
    expect(new Set(egress.map(({ cidr_ipv4, from_port, to_port }) => [cidr_ipv4, from_port, to_port]))).toEqual(
      new Set([
        [vpc, 80, 80],
        [vpc, 8080, 8080],
      ]),
    );
  });

  it("speaks TLS 1.2 and newer with the environment's certificate, and leads everybody there", () => {
    expect(labelled("aws_lb_listener", "listeners_https")).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
      certificate_arn: expect.stringMatching(/dns_v1\.certificateArn\}$/),
      default_action: [{ type: "fixed-response", fixed_response: { status_code: "404" } }],
    });
    expect(labelled("aws_lb_listener", "listeners_http_")).toMatchObject({
      port: 80,
      default_action: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", status_code: "HTTP_301" } }],
    });
  });

  it("listens to nobody before the web ACL guards it", () => {
    for (const listener of stack.resources("aws_lb_listener"))
      expect(listener["depends_on"]).toEqual([expect.stringMatching(/^aws_wafv2_web_acl_association\./)]);
  });
});

describe("a host name", () => {
  it("has a target group in each cluster, as its app states it", () => {
    expect(labelled("aws_lb_target_group", "host-pets_cluster-b")).toMatchObject({
      target_type: "ip",
      protocol: "HTTP",
      port: 80,
      deregistration_delay: "20",
      health_check: {
        protocol: "HTTP",
        port: "traffic-port",
        path: "/readyz",
        interval: 10,
        timeout: 4,
        healthy_threshold: 2,
        unhealthy_threshold: 3,
        matcher: "200-299",
      },
      tags: { app: "petstore", cluster: "b", hostname: "pets" },
    });
  });

  it("has S0.7's target group where its app states nothing", () => {
    expect(labelled("aws_lb_target_group", "host-storefront_cluster-a")).toMatchObject({
      protocol: "HTTP",
      port: 80,
      deregistration_delay: "300",
      health_check: {
        path: "/index.html",
        interval: 30,
        timeout: 5,
        healthy_threshold: 5,
        unhealthy_threshold: 5,
        matcher: "200",
      },
    });
  });

  it("keeps its target groups when its app takes another port: pods are registered with their own", () => {
    const moved = exposedApps.map((app) => ({ ...app, targetGroup: { ...exposedApps[0]?.targetGroup, port: 9090 } }));
    const groups = (from: typeof stack) =>
      from.labels("aws_lb_target_group").map((label) => [label, from.labelled("aws_lb_target_group", label)?.["name"]]);
    expect(groups(edgeStack({ apps: moved as typeof exposedApps }))).toEqual(groups(stack));
  });

  it("has the next target group before the last one goes", () => {
    for (const group of stack.resources("aws_lb_target_group"))
      expect(group["lifecycle"]).toEqual({ create_before_destroy: true });
  });

  it("is divided between the clusters by their weights, and never sticks to one", () => {
    const rule = labelled("aws_lb_listener_rule", "host-petstore");
    expect(rule).toMatchObject({
      condition: [
        {
          host_header: {
            values: ["petstore.${data.terraform_remote_state.infra-dns-v1.outputs.dns_v1.baseDomain}"],
          },
        },
      ],
    });
    expect(rule?.["action"]).toEqual([
      {
        type: "forward",
        forward: {
          target_group: [
            { arn: groupOf("petstore", "a"), weight: 100 },
            { arn: groupOf("petstore", "b"), weight: 0 },
          ],
        },
      },
    ]);
  });

  it("has a weight with one cluster too, so that a second one comes in by a change", () => {
    const one = edgeStack({ environment: edgeEnvironment({ a: 7 }) });
    expect(labelled("aws_lb_listener_rule", "host-petstore", one)?.["action"]).toMatchObject([
      { forward: { target_group: [{ weight: 7 }] } },
    ]);
  });

  it("has a record that is one of several of its name", () => {
    const record = labelled("aws_route53_record", "host-storefront");
    expect(record).toMatchObject({
      type: "A",
      set_identifier: "dev-target-group-binding",
      weighted_routing_policy: { weight: 100 },
      alias: { evaluate_target_health: false, name: expect.stringMatching(/^\$\{aws_lb\..*\.dns_name\}$/) },
    });
  });

  it("gets no requests where the environment's other exposure has them all", () => {
    const environment = edgeEnvironment();
    const exposures = [
      { kind: "alb-ingress" as const, scheme: "internal" as const },
      ...environment.exposures.map((exposure) => ({ ...exposure, weight: 0 })),
    ];
    const first = edgeStack({ environment: { ...environment, exposures } });
    expect(labelled("aws_route53_record", "host-storefront", first)).toMatchObject({
      weighted_routing_policy: { weight: 0 },
    });
  });
});

it("what pods bind to is published by cluster and host name", () => {
  const keys = ["petstore", "pets", "storefront"].flatMap((host) =>
    ["a", "b"].map((cluster) => [cluster, host] as const),
  );
  expect(stack.outputs["edge_v1"]).toEqual({
    targetGroupArns: Object.fromEntries(keys.map(([cluster, host]) => [`${cluster}/${host}`, groupOf(host, cluster)])),
    securityGroupId: expect.stringMatching(/^\$\{aws_security_group\.load-balancer_security-group_\w+\.id\}$/),
    subnetCidrs: "${data.terraform_remote_state.infra-network-v2.outputs.network_v2.publicSubnetCidrs}",
  });
});

it("a cluster lets the ALB into its pods on the ports of the exposed apps, and nobody else", () => {
  const access = edgeStack({}, "dev-b-edge-access");
  expect(access.resourceTypes).toEqual(["aws_vpc_security_group_ingress_rule"]);
  const rules = access.resources("aws_vpc_security_group_ingress_rule");
  expect(rules.map(({ from_port, to_port }) => [from_port, to_port])).toEqual([
    [80, 80],
    [8080, 8080],
  ]);
  for (const rule of rules)
    expect(rule).toMatchObject({
      security_group_id: expect.stringMatching(/cluster_v1\.securityGroupId\}$/),
      referenced_security_group_id: expect.stringMatching(/edge_v1\.securityGroupId\}$/),
      ip_protocol: "tcp",
      // The load balancer controller takes away what has this description and no binding wants.
      description: expect.not.stringContaining("elbv2.k8s.aws/targetGroupBinding"),
    });
});
