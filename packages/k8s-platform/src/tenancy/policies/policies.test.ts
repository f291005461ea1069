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

  it("may be a load balancer only where that is how apps are reached", () => {
    const exposed = { exposures: ["api-gateway" as const] };
    expect(refusals("services", service({ type: "LoadBalancer" }), exposed)).toEqual([]);
    expect(refusals("services", service({ type: "NodePort" }), exposed)).toHaveLength(1);
  });

  it("may not draw the traffic of foreign addresses", () => {
    expect(refusals("services", service({ type: "ClusterIP", externalIPs: ["203.0.113.1"] }))).toEqual([
      expect.stringContaining("externalIPs"),
    ]);
    expect(refusals("services", service({ type: "ClusterIP", externalIPs: [] }))).toEqual([]);
  });
});

describe("a team's workload", () => {
  const digest = `sha256:${"0".repeat(64)}`;
  const pod = (image: string, more: object = {}) => ({ containers: [{ name: "app", image }], ...more });
  const deployment = (spec: object, annotations?: Record<string, string>) => ({
    object: {
      kind: "Deployment",
      metadata: { name: "app", ...(annotations === undefined ? {} : { annotations }) },
      spec: { template: { spec } },
    },
  });
  const cronJob = (spec: object) => ({
    object: {
      kind: "CronJob",
      metadata: { name: "app" },
      spec: { jobTemplate: { spec: { template: { spec } } } },
    },
  });

  it("has images by digest, in its init containers too", () => {
    const pinned = pod(`registry.example.com/app:1.4@${digest}`);
    expect(refusals("images", deployment(pinned))).toEqual([]);
    expect(refusals("images", cronJob(pinned))).toEqual([]);
    const init = { ...pinned, initContainers: [{ name: "init", image: "busybox:1.37" }] };
    expect(refusals("images", deployment(init))).toHaveLength(1);
  });

  it.each(["app", "app:latest", "app:1.4", "app@sha256:123", `app@${digest}:1.4`])("has no image %s", (image) => {
    for (const it of [deployment(pod(image)), cronJob(pod(image))]) {
      expect(refusals("images", it)).toEqual([expect.stringContaining("must end with its digest")]);
    }
  });

  it("has an image by tag where it says why, as WebApplication does", () => {
    const annotations = { "demarc/exception-mutable-image-tag": "the article's image has no other name" };
    expect(refusals("images", deployment(pod("app:unstable"), annotations))).toEqual([]);
  });

  it("does not push the system's pods off their nodes", () => {
    const urgent = pod("app", { priorityClassName: "system-cluster-critical" });
    expect(refusals("priorities", deployment(urgent))).toEqual([expect.stringContaining("priority classes")]);
    expect(refusals("priorities", cronJob(urgent))).toHaveLength(1);
    expect(refusals("priorities", deployment(pod("app", { priorityClassName: "batch" })))).toEqual([]);
    expect(refusals("priorities", deployment(pod("app")))).toEqual([]);
  });
});
