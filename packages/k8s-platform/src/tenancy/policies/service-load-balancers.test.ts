import { type AdmissionRequest, refusals } from "../../testing/admission";
import type { PolicyContext } from "./policy";

const PREFIX = "service.beta.kubernetes.io/aws-load-balancer-";

const good = {
  annotations: { scheme: "internal", "nlb-target-type": "ip", "inbound-sg-rules-on-private-link-traffic": "off" },
  spec: {
    type: "LoadBalancer",
    loadBalancerClass: "service.k8s.aws/nlb",
    allocateLoadBalancerNodePorts: false,
    loadBalancerSourceRanges: ["10.1.8.0/24"],
  },
};

const balanced: Partial<PolicyContext> = {
  exposures: [{ kind: "api-gateway", loadBalancer: "service" }],
  serviceLoadBalancerClass: "service.k8s.aws/nlb",
};

const service = (annotations: Readonly<Record<string, string>>, spec: object = good.spec): AdmissionRequest => ({
  object: {
    metadata: {
      name: "petstore",
      annotations: Object.fromEntries(Object.entries(annotations).map(([name, value]) => [PREFIX + name, value])),
    },
    spec,
  },
  resource: "services",
});

const withAnnotations = (more: Readonly<Record<string, string>>) => service({ ...good.annotations, ...more });
const withSpec = (more: object) => service(good.annotations, { ...good.spec, ...more });

describe("a team's Service with a load balancer", () => {
  it("is let in where apps are reached so, with what is its own to say, and nowhere else", () => {
    const own = withAnnotations({
      "healthcheck-path": "/readyz",
      "target-group-attributes": "preserve_client_ip.enabled=false,deregistration_delay.timeout_seconds=20",
    });
    for (const policy of ["services", "controller-annotations"]) {
      expect(refusals(policy, own, balanced)).toEqual([]);
      expect(refusals(policy, own)).toHaveLength(1);
    }
    expect(refusals("services", service({}, { type: "NodePort" }), balanced)).toEqual([
      "a Service must be of type ClusterIP or LoadBalancer: apps are reached by api-gateway here",
    ]);
    expect(refusals("services", service({}, { type: "ClusterIP" }), balanced)).toEqual([]);
  });

  it.each<[string, AdmissionRequest, string]>([
    ["for the internet", withAnnotations({ scheme: "internet-facing" }), "scheme must be internal"],
    ["without its scheme", service({ "nlb-target-type": "ip" }), "needs the annotations"],
    ["of nodes", withAnnotations({ "nlb-target-type": "instance" }), "nlb-target-type must be ip"],
    ["in subnets of its choice", withAnnotations({ subnets: "subnet-1" }), "subnets, addresses, security groups"],
    ["with security groups of its choice", withAnnotations({ "security-groups": "sg-1" }), "are not for apps"],
    ["with tags of its choice", withAnnotations({ "additional-resource-tags": "team=shop" }), "are not for apps"],
    ["of another's name", withAnnotations({ name: "shop" }), "are not for apps"],
    [
      "that tells pods another address",
      withAnnotations({ "target-group-attributes": "proxy_protocol_v2.enabled=true" }),
      "target-group-attributes must be",
    ],
    [
      "of another controller",
      withSpec({ loadBalancerClass: "eks.amazonaws.com/nlb" }),
      "loadBalancerClass service.k8s",
    ],
    ["of no class", withSpec({ loadBalancerClass: undefined }), "loadBalancerClass service.k8s"],
    ["with ports on nodes", withSpec({ allocateLoadBalancerNodePorts: true }), "allocateLoadBalancerNodePorts false"],
    [
      "with a port of nodes for health checks",
      withSpec({ externalTrafficPolicy: "Local" }),
      "externalTrafficPolicy Cluster",
    ],
    ["for every address", withSpec({ loadBalancerSourceRanges: undefined }), "must have loadBalancerSourceRanges"],
    [
      "for other addresses",
      withSpec({ loadBalancerSourceRanges: ["0.0.0.0/0"] }),
      "must have loadBalancerSourceRanges",
    ],
    [
      "for no addresses, which is all",
      withSpec({ loadBalancerSourceRanges: [] }),
      "must have loadBalancerSourceRanges",
    ],
  ])("%s is refused by admission", (_, request, message) => {
    expect(refusals("services", request, balanced)).toEqual([expect.stringContaining(message)]);
  });

  it("may have no other controller's annotations all the same", () => {
    const object = {
      metadata: { name: "petstore", annotations: { "external-dns.alpha.kubernetes.io/hostname": "x" } },
    };
    expect(refusals("controller-annotations", { object, resource: "services" }, balanced)).toHaveLength(1);
  });
});
