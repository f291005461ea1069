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

describe("a team's Ingress", () => {
  const ingress = (spec: object = {}, annotations?: Record<string, string>, namespace = "pets") => ({
    object: {
      metadata: { name: "petstore", namespace, ...(annotations === undefined ? {} : { annotations }) },
      spec: { ingressClassName: "alb", rules: [{ host: "petstore.dev.example.com" }], ...spec },
    },
  });
  const host = (name: string, namespace?: string) => ingress({ rules: [{ host: name }] }, undefined, namespace);
  const alb = (annotation: string, value = "x") => ingress({}, { [`alb.ingress.kubernetes.io/${annotation}`]: value });

  it("may have its host below the domain, and annotations of its own target group", () => {
    const annotations = {
      "alb.ingress.kubernetes.io/target-type": "ip",
      "alb.ingress.kubernetes.io/healthcheck-path": "/readyz",
      "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
      "example.com/anything": "else",
    };
    expect(refusals("ingresses", ingress({}, annotations))).toEqual([]);
    expect(refusals("ingresses", ingress())).toEqual([]);
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
    "auth-type",
    "mutual-authentication",
    "subnets",
  ])("may not change the load balancer for others by %s", (annotation) => {
    expect(refusals("ingresses", alb(annotation))).toEqual([expect.stringContaining("the load balancer is shared")]);
  });

  it("may not open another port of it", () => {
    expect(refusals("ingresses", alb("listen-ports", '[{"HTTPS":443},{"HTTP":8080}]'))).toEqual([
      expect.stringContaining("the load balancer's ports are the platform's"),
    ]);
  });

  it.each([
    "external-dns.alpha.kubernetes.io/hostname",
    "external-dns.kubernetes.io/target",
    "kubernetes.io/ingress.class",
  ])("may not make other records, or another class, by %s", (annotation) => {
    expect(refusals("ingresses", ingress({}, { [annotation]: "x" }))).toEqual([
      expect.stringContaining("not for apps"),
    ]);
  });

  it.each([
    ["another domain", "petstore.example.com"],
    ["the domain itself", "dev.example.com"],
    ["a wildcard", "*.dev.example.com"],
    ["two levels, which the certificate is not for", "a.b.dev.example.com"],
    ["a domain that only ends alike", "evildev.example.com"],
    ["a dot that is none", "petstore.devxexample.com"],
  ])("may not have a host of %s", (_, name) => {
    expect(refusals("ingresses", host(name))).toEqual([expect.stringContaining("one label below dev.example.com")]);
  });

  it.each([
    ["no host", { rules: [{ http: {} }] }],
    ["no rule", { rules: [] }],
    ["a default backend", { defaultBackend: { service: { name: "x" } } }],
  ])("may not take everyone's requests by %s", (_, spec) => {
    expect(refusals("ingresses", ingress(spec))).toEqual([expect.stringContaining("every other app")]);
  });

  it("must be of the platform's class", () => {
    expect(refusals("ingresses", ingress({ ingressClassName: "mine" }))).toEqual([
      expect.stringContaining("ingressClassName must be alb"),
    ]);
  });

  it("may not have a host that another team has claimed; what nobody claimed is free", () => {
    expect(refusals("ingresses", host("petstore.dev.example.com", "shop"))).toEqual([
      expect.stringContaining("another team's"),
    ]);
    expect(refusals("ingresses", host("storefront.dev.example.com", "shop"))).toEqual([]);
    expect(refusals("ingresses", host("petstore.dev.example.com", "shop"), { claimed: {} })).toEqual([]);
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

describe("an object of the platform's in a team's namespace", () => {
  const platforms = { metadata: { name: "default-deny", labels: { "demarc/owner": "k8s-platform" } } };
  const own = { metadata: { name: "mine", labels: { app: "petstore" } } };

  it("cannot be changed or deleted by a team", () => {
    expect(refusals("platform-objects", { oldObject: platforms })).toEqual([expect.stringContaining("the platform's")]);
    expect(refusals("platform-objects", { oldObject: platforms, object: own })).toHaveLength(1);
  });

  it("can be by the platform's team and by the cluster's own controllers", () => {
    for (const groups of [["demarc:platform", "system:authenticated"], ["system:serviceaccounts"], []]) {
      expect(refusals("platform-objects", { oldObject: platforms, groups })).toEqual([]);
    }
  });

  it("is none of the team's own objects", () => {
    expect(refusals("platform-objects", { oldObject: own })).toEqual([]);
    expect(refusals("platform-objects", { oldObject: { metadata: { name: "bare" } } })).toEqual([]);
  });
});
