import { gzipSync } from "node:zlib";
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
  daemonSets: [],
  services: [],
  ingresses: [],
  releases: [],
};

const summaryWith = (content: Partial<ClusterContent>) =>
  summarize({ cluster, addons: new Collection("addon") }, { ...NOTHING, ...content });

function deployment(namespace: string, name: string, ready: number, annotations = {}) {
  const labels = { app: name };
  return {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { namespace, name, annotations },
    spec: { replicas: 2, template: { metadata: { labels } } },
    status: { readyReplicas: ready },
  };
}

/** A release as Helm's Secret has it. */
function releaseOf(name: string, revision: number, chartVersion: string, status: string) {
  const content = { version: revision, info: { status }, chart: { metadata: { version: chartVersion } } };
  const encoded = gzipSync(JSON.stringify(content)).toString("base64");
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: `sh.helm.release.v1.${name}.v${revision}`, namespace: "kube-system", labels: { name } },
    data: { release: Buffer.from(encoded).toString("base64") },
  };
}

describe("a cluster's summary", () => {
  it("gives each app's pods and the host names that lead to it, not those of another team's app of the same name", () => {
    const namespace = (name: string, labels = {}) => ({
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name, labels },
    });
    const service = (namespace: string) => ({
      apiVersion: "v1",
      kind: "Service",
      metadata: { namespace, name: "web" },
      spec: { selector: { app: "petstore" } },
    });
    const ingress = (namespace: string, host: string) => ({
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: { namespace, name: "web" },
      spec: {
        rules: [{ host, http: { paths: [{ backend: { service: { name: "web" } } }] } }],
      },
    });
    const { apps } = summaryWith({
      namespaces: [namespace("pets", { team: "pets" }), namespace("shop", { team: "shop" }), namespace("kube-system")],
      deployments: [
        deployment("pets", "petstore", 1),
        deployment("shop", "petstore", 2),
        deployment("kube-system", "coredns", 2),
      ],
      services: [service("pets"), service("shop")],
      ingresses: [ingress("pets", "petstore.example.com"), ingress("shop", "shop.example.com")],
    });
    expect(apps).toEqual([
      { namespace: "pets", name: "petstore", ready: 1, wanted: 2, team: "pets", hosts: ["petstore.example.com"] },
      { namespace: "shop", name: "petstore", ready: 2, wanted: 2, team: "shop", hosts: ["shop.example.com"] },
    ]);
  });

  it("gives the latest revision of each release with its chart's version and what it runs", () => {
    const part = { "meta.helm.sh/release-name": "external-dns", "meta.helm.sh/release-namespace": "kube-system" };
    const { releases } = summaryWith({
      releases: [
        releaseOf("external-dns", 10, "1.20.0", "deployed"),
        releaseOf("external-dns", 9, "1.19.0", "superseded"),
        releaseOf("policies", 1, "0.1.0", "deployed"),
        releaseOf("broken", 1, "2.0.0", "failed"),
      ],
      deployments: [deployment("kube-system", "external-dns", 2, part), deployment("kube-system", "coredns", 2)],
    });
    expect(releases).toEqual([
      expect.objectContaining({ name: "broken", status: "failed", workloads: [] }),
      {
        name: "external-dns",
        namespace: "kube-system",
        chartVersion: "1.20.0",
        status: "deployed",
        workloads: [{ namespace: "kube-system", name: "external-dns", ready: 2, wanted: 2 }],
      },
    ]);
  });
});
