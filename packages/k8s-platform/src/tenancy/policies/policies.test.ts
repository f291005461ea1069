import { refusals } from "../../testing/admission";

describe("a team's NetworkPolicy", () => {
  const policy = (...ingress: unknown[]) => ({
    object: { metadata: { name: "mine" }, spec: { podSelector: {}, policyTypes: ["Ingress"], ingress } },
  });
  const from = (...peers: unknown[]) => refusals("network-policies", policy({ from: peers }));

  it("may open its pods to named peers: its own, a namespace's, a team's, the load balancer", () => {
    const byName = { matchLabels: { "kubernetes.io/metadata.name": "shop" } };
    expect(
      from(
        { podSelector: { matchLabels: { app: "petstore" } } },
        { namespaceSelector: byName, podSelector: {} },
        { namespaceSelector: { matchLabels: { team: "shop" } } },
        { ipBlock: { cidr: "10.1.0.0/24" } },
      ),
    ).toEqual([]);
  });

  it("may close them, and open ways out", () => {
    expect(refusals("network-policies", policy())).toEqual([]);
    expect(refusals("network-policies", { object: { metadata: {}, spec: { egress: [{}] } } })).toEqual([]);
  });

  it.each([
    ["a rule without peers", {}],
    ["a rule with no peer", { from: [] }],
    ["ports only", { ports: [{ port: 80 }] }],
  ])("may not let everyone in by %s", (_, rule) => {
    expect(refusals("network-policies", policy(rule))).toEqual([expect.stringContaining("lets everyone in")]);
  });

  it.each([
    ["every address", { ipBlock: { cidr: "0.0.0.0/0" } }],
    ["half of all addresses", { ipBlock: { cidr: "0.0.0.0/1" } }],
    ["every address of IPv6", { ipBlock: { cidr: "::/0" } }],
    ["the whole VPC, whose addresses other teams' pods have", { ipBlock: { cidr: "10.1.0.0/16" } }],
    ["every namespace", { namespaceSelector: {} }],
    ["every namespace's pods", { namespaceSelector: {}, podSelector: {} }],
    ["every namespace but one", { namespaceSelector: { matchExpressions: [{ key: "team", operator: "NotIn" }] } }],
    ["a label that any namespace may have", { namespaceSelector: { matchLabels: { env: "dev" } } }],
  ])("may not let %s in, even beside a peer that it may", (_, peer) => {
    expect(from({ podSelector: {} }, peer)).toEqual([expect.stringContaining("a peer of an ingress rule must be")]);
  });
});

describe("a team's Service", () => {
  const service = (spec: object) => ({ object: { metadata: { name: "petstore" }, spec } });

  it("may be for the inside", () => {
    expect(refusals("services", service({ type: "ClusterIP" }))).toEqual([]);
  });

  it.each(["NodePort", "LoadBalancer", "ExternalName"])("may not be of type %s", (type) => {
    expect(refusals("services", service({ type }))).toEqual([
      "a Service must be of type ClusterIP: apps are reached by alb-ingress here",
    ]);
  });

  it("may not draw the traffic of foreign addresses", () => {
    expect(refusals("services", service({ type: "ClusterIP", externalIPs: ["203.0.113.1"] }))).toEqual([
      expect.stringContaining("externalIPs"),
    ]);
    expect(refusals("services", service({ type: "ClusterIP", externalIPs: [] }))).toEqual([]);
  });
});
