import { INSTALLED } from "./kinds";
import { isServed, planService } from "./service-plan";
import { planning, service } from "./testing/objects";

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";

function annotated(annotations: Record<string, string>, spec: Parameters<typeof service>[1] = {}) {
  const plain = service("petstore", { type: "LoadBalancer", ...spec });
  const prefixed = Object.entries(annotations).map(([key, value]) => [PREFIX + key, value]);
  return { ...plain, metadata: { ...plain.metadata, annotations: Object.fromEntries(prefixed) } };
}

it.each([
  ["its class", annotated({}, { loadBalancerClass: "service.k8s.aws/nlb" }), true],
  ["another's class", annotated({ type: "external" }, { loadBalancerClass: "eks.amazonaws.com/nlb" }), false],
  ["its annotation", annotated({ type: "external" }), true],
  ["nothing", annotated({}), false],
  ["a ClusterIP", annotated({ type: "external" }, { type: "ClusterIP" }), false],
])("serves a Service by %s: %#", (_, given, served) => {
  expect(isServed(given, INSTALLED)).toBe(served);
});

it("makes an internal load balancer that passes TCP on to the pods", () => {
  expect(planService(annotated({}), planning())).toMatchObject({
    stack: "shop/petstore",
    name: expect.stringMatching(/^k8s-shop-petstore-[0-9a-f]{10}$/),
    type: "network",
    scheme: "internal",
    listeners: [{ port: 80, protocol: "TCP", defaultAction: { kind: "forward" } }],
    targetGroups: [{ protocol: "TCP", healthCheck: { protocol: "TCP", path: undefined }, service: { port: 80 } }],
  });
});

it("makes what its annotations ask for", () => {
  const annotations = {
    scheme: "internet-facing",
    "ssl-cert": "arn:aws:acm:certificate/one",
    "ssl-ports": "443",
    "security-groups": "sg-1,sg-2",
    "inbound-sg-rules-on-private-link-traffic": "off",
    "healthcheck-protocol": "http",
    "healthcheck-path": "/readyz",
    subnets: "subnet-a, subnet-c",
  };
  const ports = [80, 443].map((port) => ({ name: `p${port}`, port, targetPort: 8080 }));
  expect(planService(annotated(annotations, { ports }), planning())).toMatchObject({
    scheme: "internet-facing",
    subnets: { by: "id", ids: ["subnet-a", "subnet-c"] },
    securityGroups: { ids: ["sg-1", "sg-2"] },
    rulesOnPrivateLink: "off",
    listeners: [
      { port: 80, protocol: "TCP", certificates: [] },
      { port: 443, protocol: "TLS", certificates: ["arn:aws:acm:certificate/one"] },
    ],
    targetGroups: [
      { port: 8080, healthCheck: { protocol: "HTTP", path: "/readyz", codes: "200-399" } },
      { port: 8080, healthCheck: { protocol: "HTTP", path: "/readyz" } },
    ],
  });
});
