import { refusals } from "../../testing/admission";

const HOST = "petstore.dev.example.com";
const backend = { service: { name: "petstore", port: { name: "http" } } };
const path = (value: string, pathType = "Prefix", more: object = { backend }) => ({ path: value, pathType, ...more });
const rule = (host: string | undefined, ...paths: object[]) => ({
  ...(host === undefined ? {} : { host }),
  http: { paths: paths.length === 0 ? [path("/")] : paths },
});
const ingress = (spec: object = {}, annotations?: Record<string, string>, namespace = "pets") => ({
  metadata: { name: "petstore", namespace, ...(annotations === undefined ? {} : { annotations }) },
  spec: { ingressClassName: `alb-${namespace}`, rules: [rule(HOST)], ...spec },
});
const alb = (values: Record<string, string>) =>
  ingress(
    {},
    Object.fromEntries(Object.entries(values).map(([name, value]) => [`alb.ingress.kubernetes.io/${name}`, value])),
  );

/** Refusals of an Ingress that is made, which are those of one that is changed to it. */
function refused(object: unknown, changed?: Parameters<typeof refusals>[2]): string[] {
  const created = refusals("ingresses", { object }, changed);
  expect(refusals("ingresses", { object, oldObject: ingress() }, changed)).toEqual(created);
  return created;
}

describe("a team's Ingress", () => {
  it("may have its team's hosts, and annotations of its own target group", () => {
    expect(refused(ingress())).toEqual([]);
    expect(refused(ingress({}, { "example.com/anything": "else" }))).toEqual([]);
    expect(refused(ingress({ rules: [rule(HOST), rule("pets.dev.example.com")], tls: [{ hosts: [HOST] }] }))).toEqual(
      [],
    );
  });

  it.each([
    "group.name",
    "group.order",
    "scheme",
    "certificate-arn",
    "ssl-policy",
    "security-groups",
    "inbound-cidrs",
    "wafv2-acl-arn",
    "shield-advanced-protection",
    "load-balancer-attributes",
    "actions.anything",
    "conditions.anything",
    "transforms.anything",
    "auth-type",
    "jwt-validation",
    "mutual-authentication",
    "subnets",
    "use-regex-path-match",
    "enable-frontend-nlb",
  ])("may not change the load balancer by %s", (annotation) => {
    expect(refused(alb({ [annotation]: "x" }))).toEqual([
      expect.stringContaining("are the platform's; of the annotations"),
    ]);
  });

  it.each([
    ["the class of another team's load balancer", "alb-shop"],
    ["no class of the platform's", "mine"],
    ["the class of old", "alb"],
    ["none", undefined],
  ])("may not be of %s", (_, ingressClassName) => {
    expect(refused(ingress({ ingressClassName }))).toEqual([expect.stringContaining("the team's own load balancer")]);
  });

  it.each([
    ["no host", { rules: [{ http: {} }] }],
    ["no rule", { rules: [] }],
    ["a default backend", { defaultBackend: { service: { name: "x" } } }],
  ])("may not take everyone's requests by %s", (_, spec) => {
    expect(refused(ingress(spec))).toEqual(expect.arrayContaining([expect.stringContaining("every other app")]));
  });

  describe.each<[string, (host: string) => object]>([
    ["rule", (host) => ingress({ rules: [rule(host)] })],
    ["second rule", (host) => ingress({ rules: [rule(HOST), rule(host)] })],
    ["list of names for TLS", (host) => ingress({ tls: [{ hosts: [HOST] }, { hosts: [HOST, host] }] })],
  ])("in a %s may not name", (_, named) => {
    it.each([
      ["another team's host", "storefront.dev.example.com"],
      ["one that nobody has", "free.dev.example.com"],
      ["the domain itself", "dev.example.com"],
      ["another domain", "petstore.example.com"],
      ["a wildcard", "*.dev.example.com"],
      ["a name below its own", `a.${HOST}`],
      ["its own in capitals", "PETSTORE.dev.example.com"],
      ["its own with the root's dot", `${HOST}.`],
      ["its own with a port", `${HOST}:443`],
      ["its own with a space", ` ${HOST}`],
      ["nothing", ""],
      ["a dot that is none", "petstore.devxexample.com"],
    ])("%s", (_case, host) => {
      expect(refused(named(host))).toEqual([expect.stringContaining("must be one that is registered for this team")]);
    });
  });

  it("of a team without registered hosts has none", () => {
    const shops = ingress({}, undefined, "shop");
    expect(refused(shops)).toHaveLength(1);
    expect(refused(ingress(), { hosts: { "storefront.dev.example.com": "shop" } })).toHaveLength(1);
    expect(refused(ingress(), { hosts: {} })).toHaveLength(1);
    expect(refused(ingress({ rules: [rule("")] }), { hosts: {} })).not.toEqual([]);
  });

  it.each<[string, object]>([
    [
      "a resource as backend",
      rule(HOST, path("/", "Prefix", { backend: { resource: { kind: "Bucket", name: "x" } } })),
    ],
    ["no backend", rule(HOST, path("/", "Prefix", { backend: {} }))],
    ["both", rule(HOST, path("/", "Prefix", { backend: { ...backend, resource: { kind: "Bucket", name: "x" } } }))],
    ["eleven paths", rule(HOST, ...Array.from({ length: 11 }, (_, at) => path(`/${at}`)))],
    ["a wildcard in a prefix", rule(HOST, path("/a*"))],
    ["a wildcard in an exact path", rule(HOST, path("/a?", "Exact"))],
    ["a letter that ALB does not take", rule(HOST, path("/a b", "ImplementationSpecific"))],
    ["a path that is too long", rule(HOST, path(`/${"a".repeat(126)}`))],
  ])("may not fail its load balancer by %s", (_, given) => {
    expect(refused(ingress({ rules: [given] }))).toHaveLength(1);
  });

  it("has at most five rules of ten paths", () => {
    const paths = Array.from({ length: 10 }, (_, at) => path(`/${at}`));
    const rules = Array.from({ length: 5 }, () => rule(HOST, ...paths));
    expect(refused(ingress({ rules }))).toEqual([]);
    expect(refused(ingress({ rules: [...rules, rule(HOST)] }))).toEqual([expect.stringContaining("at most 5 rules")]);
  });

  it("may have wildcards where the path is the controller's business", () => {
    expect(refused(ingress({ rules: [rule(HOST, path("/files/*.js", "ImplementationSpecific"))] }))).toEqual([]);
    expect(refused(ingress({ rules: [rule(HOST, { pathType: "ImplementationSpecific", backend })] }))).toEqual([]);
  });
});

const both = (name: string, ok: readonly string[], bad: readonly string[]) => ({ name, ok, bad });

describe("a value of an Ingress's annotation", () => {
  const values = [
    both("backend-protocol", ["HTTP", "HTTPS"], ["FOO", "http", "", "TCP"]),
    both("backend-protocol-version", ["HTTP1", "HTTP2", "GRPC"], ["HTTP3", "grpc", ""]),
    both(
      "healthcheck-interval-seconds",
      ["6", "15", "300"],
      ["4", "301", "1e2", "-15", "", "15s", " 15", "99999999999999999999"],
    ),
    both(
      "healthcheck-path",
      ["/", "/readyz?full=1", `/${"a".repeat(1023)}`],
      ["", "readyz", "/a b", "/ä", "//evil.example.com", "/a//b", "/a#b", "/${a}", "/%zz", `/${"a".repeat(1024)}`],
    ),
    both("healthcheck-port", ["traffic-port", "1", "65535"], ["http", "0", "65536", ""]),
    both("healthcheck-protocol", ["HTTP", "HTTPS"], ["TCP", "https"]),
    both("healthcheck-timeout-seconds", ["2", "14"], ["1", "15", "121", "five"]),
    both("healthy-threshold-count", ["2", "10"], ["1", "11", "two"]),
    both("unhealthy-threshold-count", ["2", "10"], ["1", "11"]),
    both(
      "listen-ports",
      ['[{"HTTP":80},{"HTTPS":443}]', '[{"HTTPS":443}]'],
      ['[{"HTTPS":443},{"HTTP":8080}]', "443", "[]"],
    ),
    both("ssl-redirect", ["443"], ["8443", "true", ""]),
    both(
      "success-codes",
      ["200", "200-299,404", "200,201"],
      ["ok", "banana", "500", "600", "199", "0", "200-", ",200", "200-299-300", ""],
    ),
    both(
      "target-group-attributes",
      [
        "deregistration_delay.timeout_seconds=3600",
        "stickiness.enabled=true,stickiness.lb_cookie.duration_seconds=604800",
        "slow_start.duration_seconds=30",
        "load_balancing.algorithm.type=weighted_random,load_balancing.algorithm.anomaly_mitigation=on",
      ],
      [
        "no.such=1",
        "deregistration_delay.timeout_seconds=3601",
        "deregistration_delay.timeout_seconds=",
        "deregistration_delayXtimeout_seconds=1",
        "stickiness.lb_cookie.duration_seconds=0",
        "slow_start.duration_seconds=29",
        "stickiness.enabled=true,no.such=1",
        "stickiness.enabled=true,",
        "stickiness.type=app_cookie",
        "",
      ],
    ),
    both("target-type", ["ip"], ["instance", ""]),
  ];

  it.each(values.flatMap(({ name, ok }) => ok.map((value) => [name, value])))("may be: %s %s", (name, value) => {
    expect(refused(alb({ [name]: value }))).toEqual([]);
  });

  it.each(values.flatMap(({ name, bad }) => bad.map((value) => [name, value])))("may not be: %s %s", (name, value) => {
    expect(refused(alb({ [name]: value })).join()).toContain(name);
  });

  it("may not be at odds with another: a time-out with the interval, codes with the protocol", () => {
    expect(refused(alb({ "healthcheck-timeout-seconds": "30", "healthcheck-interval-seconds": "60" }))).toEqual([]);
    expect(refused(alb({ "healthcheck-timeout-seconds": "30", "healthcheck-interval-seconds": "30" }))).toHaveLength(1);
    expect(refused(alb({ "healthcheck-interval-seconds": "5" }))).toHaveLength(1);
    const grpc = (codes: string) => refused(alb({ "backend-protocol-version": "GRPC", "success-codes": codes }));
    expect(grpc("0-99,12")).toEqual([]);
    expect(grpc("200")).toHaveLength(1);
  });
});
