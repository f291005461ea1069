import type { Service } from "../kubernetes/kinds";
import { ingressGroups } from "./ingress-group";
import { planIngresses } from "./ingress-plan";
import { INSTALLED, type IngressClassParams } from "./kinds";
import { ingress, objects, path, planning, service } from "./testing/objects";

type Params = NonNullable<IngressClassParams["spec"]>;

/** What the platform's class says. */
const PLATFORM: Params = {
  group: { name: "dev-a" },
  scheme: "internet-facing",
  certificateArn: ["arn:aws:acm:certificate/one"],
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
  sslRedirectPort: "443",
  loadBalancerAttributes: [{ key: "routing.http.drop_invalid_header_fields.enabled", value: "true" }],
};

const BOTH_PORTS = { "listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]' };

function plan(given: ReturnType<typeof ingress>[], params: Params = {}, services: Service[] = [service("petstore")]) {
  const [group] = ingressGroups(objects(given, params), INSTALLED);
  if (group === undefined) throw new Error("there is no group");
  return planIngresses(group, planning(...services));
}

it("gives the platform's class what it asks for", () => {
  const { listeners, ...balancer } = plan([ingress("petstore", { annotations: BOTH_PORTS })], PLATFORM);
  expect(balancer).toMatchObject({
    stack: "dev-a",
    name: expect.stringMatching(/^k8s-deva-[0-9a-f]{10}$/),
    scheme: "internet-facing",
    subnets: { by: "role" },
    attributes: { "routing.http.drop_invalid_header_fields.enabled": "true" },
    securityGroups: {
      inbound: [
        { port: 80, protocol: "tcp", cidr: "0.0.0.0/0" },
        { port: 443, protocol: "tcp", cidr: "0.0.0.0/0" },
      ],
    },
  });
  expect(listeners).toMatchObject([
    { port: 80, protocol: "HTTP", defaultAction: { kind: "redirect", port: "443" }, rules: [] },
    {
      port: 443,
      protocol: "HTTPS",
      certificates: PLATFORM.certificateArn,
      sslPolicy: PLATFORM.sslPolicy,
      defaultAction: { kind: "fixed-response", status: "404" },
      rules: [{ host: "petstore.example.com", paths: ["/*"], action: { kind: "forward" } }],
    },
  ]);
});

it("has the web ACL of the class, whatever an Ingress says, and leaves what is there where neither says anything", () => {
  const acl = (name: string) => `arn:aws:wafv2:ap-northeast-1:123456789012:regional/webacl/${name}/1`;
  const asking = (name: string, annotations: Record<string, string> = {}) => ingress(name, { annotations });
  const own = { "wafv2-acl-arn": acl("own") };
  expect(plan([asking("petstore", own)], { wafv2AclArn: acl("class") }).webAcl).toBe(acl("class"));
  expect(plan([asking("petstore", own), asking("storefront")]).webAcl).toBe(acl("own"));
  expect(plan([asking("petstore")])).not.toHaveProperty("webAcl");
  const others = [asking("petstore", own), asking("storefront", { "wafv2-acl-arn": acl("another") })];
  const group = { group: { name: "dev-a" } };
  expect(() => plan(others, group, [service("petstore"), service("storefront")])).toThrow(
    /conflicting WAFv2 WebACL ARNs/,
  );
});

it("listens for HTTP alone where there is no certificate, and for HTTPS alone where there is one", () => {
  const ports = (params: Params) => plan([ingress("petstore")], params).listeners.map(({ port }) => port);
  expect(ports({})).toEqual([80]);
  expect(ports({ certificateArn: ["arn:aws:acm:certificate/one"] })).toEqual([443]);
});

it("tries exact paths first and then the longest prefix", () => {
  const paths = [
    path("/", "Prefix", "petstore"),
    path("/pets/", "Prefix", "petstore"),
    path("/pets", "Exact", "petstore"),
    path("/files/*.js", "ImplementationSpecific", "petstore"),
  ];
  const [listener] = plan([ingress("petstore", { spec: { rules: [{ http: { paths } }] } })]).listeners;
  expect(listener?.rules.map((rule) => rule.paths)).toEqual([["/pets"], ["/pets", "/pets/*"], ["/*"], ["/files/*.js"]]);
  expect(listener?.rules[0]?.host).toBeUndefined();
});

it("checks pods as the Ingress says, on the ports that they have", () => {
  const annotations = {
    "healthcheck-path": "/ping",
    "healthcheck-port": "8080",
    "success-codes": "200-299",
    "target-group-attributes": "deregistration_delay.timeout_seconds=15",
  };
  const byNumber = service("petstore", { ports: [{ port: 80, targetPort: 9898 }] });
  const given = ingress("petstore", {
    annotations,
    spec: { rules: [{ http: { paths: [path("/", "Prefix", "petstore", 80)] } }] },
  });
  expect(plan([given], {}, [byNumber]).targetGroups).toMatchObject([
    {
      name: expect.stringMatching(/^k8s-shop-petstore-[0-9a-f]{10}$/),
      resource: "shop/petstore-petstore:80",
      protocol: "HTTP",
      port: 9898,
      healthCheck: { path: "/ping", port: "8080", codes: "200-299", interval: 15, timeout: 5 },
      attributes: { "deregistration_delay.timeout_seconds": "15" },
      service: { namespace: "shop", name: "petstore", port: 80 },
    },
  ]);
});

it("has one target group for a Service that several paths lead to, and for pods whose port has a name the port 1", () => {
  const paths = [path("/a", "Prefix", "petstore"), path("/b", "Prefix", "petstore")];
  expect(plan([ingress("petstore", { spec: { rules: [{ http: { paths } }] } })]).targetGroups).toMatchObject([
    { port: 1 },
  ]);
});

describe("what cannot be had is said", () => {
  it.each<[string, Parameters<typeof ingress>[1], Params, string]>([
    [
      "no such Service",
      { spec: { rules: [{ http: { paths: [path("/", "Prefix", "gone")] } }] } },
      {},
      "service gone not found",
    ],
    [
      "no such port",
      { spec: { rules: [{ http: { paths: [path("/", "Prefix", "petstore", 81)] } }] } },
      {},
      "has no port 81",
    ],
    ["HTTPS without a certificate", { annotations: BOTH_PORTS }, {}, "no certificate found"],
    ["ports that are no JSON", { annotations: { "listen-ports": "80" } }, {}, "must be a list such as"],
    ["a redirect to nowhere", { annotations: { "ssl-redirect": "443" } }, {}, "does not exist for SSL redirect port"],
    ["nodes as targets", { annotations: { "target-type": "instance" } }, {}, "take ip"],
    ["a scheme that is none", { annotations: { scheme: "public" } }, {}, "is none of internal, internet-facing"],
    ["codes that are none", { annotations: { "success-codes": "banana" } }, {}, "matcher 'banana' must be codes"],
    [
      "a code that no check may want",
      { annotations: { "success-codes": "200,500" } },
      {},
      "must be codes from 200 to 499",
    ],
    ["a port that is none", { annotations: { "healthcheck-port": "70000" } }, {}, "port '70000' must be"],
    ["a port that the Service has not", { annotations: { "healthcheck-port": "ping" } }, {}, "has no port ping"],
    ["a port whose pods know it by name", { annotations: { "healthcheck-port": "http" } }, {}, "is a named port"],
    [
      "an interval beyond AWS's",
      { annotations: { "healthcheck-interval-seconds": "301" } },
      {},
      "must be from 5 to 300",
    ],
    [
      "a time-out as long as the interval",
      { annotations: { "healthcheck-timeout-seconds": "15" } },
      {},
      "smaller than",
    ],
    ["a threshold beyond AWS's", { annotations: { "healthy-threshold-count": "1" } }, {}, "healthy threshold 1"],
    ["a path that is none", { annotations: { "healthcheck-path": "ping" } }, {}, "path 'ping' is not valid"],
    [
      "an attribute that AWS has not",
      { annotations: { "target-group-attributes": "no.such=1" } },
      {},
      "'no.such' is not",
    ],
    ["attributes that are no pairs", { annotations: { "load-balancer-attributes": "idle" } }, {}, "is no key=value"],
  ])("%s", (_, more, params, message) => {
    expect(() => plan([ingress("petstore", more)], params)).toThrow(message);
  });

  it("Ingresses of one group that contradict each other", () => {
    const given = ["internal", "internet-facing"].map((scheme, index) =>
      ingress(`app-${index}`, {
        annotations: { scheme },
        spec: { rules: [{ http: { paths: [path("/", "Prefix", "petstore")] } }] },
      }),
    );
    expect(() => plan(given, { group: { name: "all" } })).toThrow("conflicting scheme: internal, internet-facing");
  });
});
