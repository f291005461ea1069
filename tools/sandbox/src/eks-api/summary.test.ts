import { recordOf } from "@demarc/deploy/helm";
import type { ApiWay } from "./account/rest-apis";
import type { TargetGroupHosts } from "./hosts";
import { Collection, type StoredCluster } from "./store";
import { type ClusterContent, summarize } from "./summary";

const cluster: StoredCluster = {
  name: "dev-a",
  arn: "arn:aws:eks:eu-west-1:123456789012:cluster/dev-a",
  roleArn: "arn:aws:iam::123456789012:role/cluster",
  status: "ACTIVE",
  version: "1.35",
  accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
  resourcesVpcConfig: { vpcId: "vpc-1", subnetIds: [] },
};

const NOTHING: ClusterContent = {
  nodes: [],
  namespaces: [],
  deployments: [],
  statefulSets: [],
  daemonSets: [],
  services: [],
  ingresses: [],
  bindings: [],
  routes: [],
  releases: [],
};

const summaryWith = (
  content: Partial<ClusterContent>,
  targetGroupHosts: TargetGroupHosts = new Map(),
  apis: readonly ApiWay[] = [],
) => summarize({ cluster, addons: new Collection("addon") }, { ...NOTHING, ...content }, { targetGroupHosts, apis });

function deployment(namespace: string, name: string, ready: number, replicas = 2) {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace, name },
    spec: { replicas, template: { metadata: { labels } } },
    status: { readyReplicas: ready },
  };
}

/** A release as Helm's Secret has it. */
function releaseOf(name: string, revision: number, chartVersion: string, status: string, manifest = "") {
  const content = { version: revision, info: { status }, chart: { metadata: { version: chartVersion } }, manifest };
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: `sh.helm.release.v1.${name}.v${revision}`, namespace: "kube-system", labels: { name } },
    data: { release: recordOf(content) },
  };
}

/** An object in a release's manifest; one that names no namespace is in the release's. */
function runs(kind: string, name: string, replicas?: number): string {
  const spec = replicas === undefined ? "  minReadySeconds: 0" : `  replicas: ${String(replicas)}`;
  return `---\n# Source: chart/templates/${name}.yaml\napiVersion: apps/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n${spec}\n`;
}

const workload = (kind: string, name: string, ready: number, wanted: number, missing = false) => {
  return { kind, namespace: "kube-system", name, ready, wanted, missing };
};

const namespaceOf = (name: string, labels = {}) => ({
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name, labels },
});

const serviceOf = (namespace: string) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { namespace, name: "web" },
  spec: { selector: { app: "petstore" } },
});

const ingressOf = (namespace: string, host: string) => ({
  apiVersion: "networking.k8s.io/v1",
  kind: "Ingress",
  metadata: { namespace, name: "web" },
  spec: { rules: [{ host, http: { paths: [{ pathType: "Prefix", backend: { service: { name: "web" } } }] } }] },
});

describe("what a release says that it runs", () => {
  const node = { apiVersion: "v1", kind: "Node", metadata: { name: "one" } };
  const manifest = `${runs("Deployment", "controller", 2)}${runs("StatefulSet", "store")}${runs("DaemonSet", "agent")}${runs("Service", "x")}`;
  const of = (content: Partial<ClusterContent>) =>
    summaryWith({ nodes: [node, node], releases: [releaseOf("all", 1, "1.0.0", "deployed", manifest)], ...content })
      .releases[0]?.workloads;

  it("is 0 of so many where somebody deleted it, in another namespace's of that name's stead too", () => {
    const missing = [
      workload("Deployment", "controller", 0, 2, true),
      workload("StatefulSet", "store", 0, 1, true),
      workload("DaemonSet", "agent", 0, 2, true),
    ];
    expect(of({})).toEqual(missing);
    expect(of({ deployments: [deployment("pets", "controller", 2)] })).toEqual(missing);
  });

  it("lacks pods where somebody scaled it down, and none where somebody scaled it up", () => {
    expect(of({ deployments: [deployment("kube-system", "controller", 0, 0)] })).toContainEqual(
      workload("Deployment", "controller", 0, 2),
    );
    expect(of({ deployments: [deployment("kube-system", "controller", 3, 3)] })).toContainEqual(
      workload("Deployment", "controller", 3, 3),
    );
  });

  it("counts a DaemonSet's pods by the nodes that it is for", () => {
    const agent = { apiVersion: "apps/v1", kind: "DaemonSet", metadata: { namespace: "kube-system", name: "agent" } };
    const status = { numberReady: 1, desiredNumberScheduled: 1 };
    expect(of({ daemonSets: [{ ...agent, status }] })).toContainEqual(workload("DaemonSet", "agent", 1, 1));
  });
});

describe("a cluster's summary", () => {
  it("gives each app's pods and the host names that lead to it, not those of another team's app of the same name", () => {
    const { apps } = summaryWith({
      namespaces: [
        namespaceOf("pets", { team: "pets" }),
        namespaceOf("shop", { team: "shop" }),
        namespaceOf("kube-system"),
      ],
      deployments: [
        deployment("pets", "petstore", 1),
        deployment("shop", "petstore", 2),
        deployment("kube-system", "coredns", 2),
      ],
      services: [serviceOf("pets"), serviceOf("shop")],
      ingresses: [ingressOf("pets", "petstore.example.com"), ingressOf("shop", "shop.example.com")],
    });
    expect(apps).toEqual([
      {
        namespace: "pets",
        name: "petstore",
        ready: 1,
        wanted: 2,
        team: "pets",
        hosts: ["petstore.example.com"],
        keys: [],
      },
      { namespace: "shop", name: "petstore", ready: 2, wanted: 2, team: "shop", hosts: ["shop.example.com"], keys: [] },
    ]);
  });

  it("gives the addresses and keys of the REST APIs that lead to an app's own target group, and no others'", () => {
    const group = (name: string) => `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${name}/0`;
    const binding = (namespace: string) => ({
      ...{ apiVersion: "eks.amazonaws.com/v1", kind: "TargetGroupBinding", metadata: { namespace, name: "k8s" } },
      spec: { targetGroupARN: group(namespace), serviceRef: { name: "web", port: 80 } },
    });
    const { apps } = summaryWith(
      {
        namespaces: ["pets", "shop"].map((team) => namespaceOf(team, { team })),
        deployments: [deployment("pets", "petstore", 1), deployment("shop", "petstore", 2)],
        services: [serviceOf("pets"), serviceOf("shop")],
        bindings: [binding("pets"), binding("shop")],
      },
      new Map(),
      [
        { targetGroup: group("pets"), addresses: ["petstore.example.com"], keys: ["k1"] },
        { targetGroup: group("away"), addresses: ["away.example.com"], keys: ["k2"] },
      ],
    );
    expect(apps.map(({ namespace, hosts, keys }) => [namespace, hosts, keys])).toEqual([
      ["pets", ["petstore.example.com"], ["k1"]],
      ["shop", [], []],
    ]);
  });

  it("gives the host names that a load balancer leads to an app's own target group, each once where an Ingress has it too", () => {
    const group = (name: string) => `arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/${name}/0`;
    const binding = (namespace: string, service: string, targetGroupARN?: string) => ({
      apiVersion: "elbv2.k8s.aws/v1beta1",
      kind: "TargetGroupBinding",
      metadata: { namespace, name: `${service}-binding` },
      spec: { ...(targetGroupARN === undefined ? {} : { targetGroupARN }), serviceRef: { name: service, port: 80 } },
    });
    const { apps } = summaryWith(
      {
        namespaces: ["pets", "shop"].map((team) => namespaceOf(team, { team })),
        deployments: [deployment("pets", "petstore", 1), deployment("shop", "petstore", 2)],
        services: [serviceOf("pets"), serviceOf("shop")],
        ingresses: [ingressOf("pets", "petstore.example.com")],
        bindings: [
          binding("pets", "web", group("pets")),
          binding("pets", "other", group("shop")),
          binding("shop", "web"),
          binding("shop", "web", group("shop")),
          binding("shop", "web", group("away")),
        ],
      },
      new Map([
        [group("pets"), ["petstore.example.com", "pets.example.com"]],
        [group("shop"), ["shop.example.com"]],
        [group("other"), ["other.example.com"]],
      ]),
    );
    expect(apps.map(({ namespace, hosts }) => [namespace, hosts])).toEqual([
      ["pets", ["petstore.example.com", "pets.example.com"]],
      ["shop", ["shop.example.com"]],
    ]);
  });

  it("gives the host names that a team's routes lead to its own Service, and none of another team's", () => {
    const route = (namespace: string, host: string, service: string) => ({
      ...{ apiVersion: "traefik.io/v1alpha1", kind: "IngressRoute", metadata: { namespace, name: host } },
      spec: { routes: [{ match: `Host(\`${host}\`) && PathPrefix(\`/\`)`, services: [{ name: service }] }] },
    });
    const { apps } = summaryWith({
      namespaces: ["pets", "shop"].map((team) => namespaceOf(team, { team })),
      deployments: [deployment("pets", "petstore", 1), deployment("shop", "petstore", 2)],
      services: [serviceOf("pets"), serviceOf("shop")],
      routes: [route("pets", "petstore.example.com", "web"), route("shop", "shop.example.com", "other")],
    });
    expect(apps.map(({ namespace, hosts }) => [namespace, hosts])).toEqual([
      ["pets", ["petstore.example.com"]],
      ["shop", []],
    ]);
  });

  it("gives a release the team of its namespace, and none to an add-on's", () => {
    const release = releaseOf("petstore", 1, "0.1.0", "failed");
    const { releases } = summaryWith({
      namespaces: [namespaceOf("pets", { team: "pets" }), namespaceOf("kube-system")],
      releases: [{ ...release, metadata: { ...release.metadata, namespace: "pets" } }, release],
    });
    expect(releases.map(({ namespace, team }) => [namespace, team])).toEqual([
      ["pets", "pets"],
      ["kube-system", undefined],
    ]);
  });

  it("gives the latest revision of each release with its chart's version and what it runs", () => {
    const { releases } = summaryWith({
      releases: [
        releaseOf("external-dns", 10, "1.20.0", "deployed", runs("Deployment", "external-dns", 2)),
        releaseOf("external-dns", 9, "1.19.0", "superseded", runs("Deployment", "dns", 2)),
        releaseOf("policies", 1, "0.1.0", "deployed"),
        releaseOf("broken", 1, "2.0.0", "failed"),
      ],
      deployments: [deployment("kube-system", "external-dns", 2), deployment("kube-system", "coredns", 2)],
    });
    expect(releases).toEqual([
      expect.objectContaining({ name: "broken", status: "failed", workloads: [] }),
      {
        name: "external-dns",
        namespace: "kube-system",
        chartVersion: "1.20.0",
        status: "deployed",
        workloads: [workload("Deployment", "external-dns", 2, 2)],
      },
    ]);
  });
});
