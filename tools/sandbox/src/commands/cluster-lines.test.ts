import { clusterLines, shortageLines } from "./cluster-lines";

const pods = (ready: number, wanted: number, missing = false) => {
  return { kind: "Deployment", namespace: "kube-system", name: "external-dns", ready, wanted, missing };
};
const release = { name: "external-dns", namespace: "kube-system", chartVersion: "1.20.0", status: "deployed" };

it("shows what a person wants to know of a cluster", () => {
  const lines = clusterLines({
    name: "dev-a",
    version: "1.35",
    status: "ACTIVE",
    nodes: [
      { name: "n1", instanceType: "m7i.large", ready: true },
      { name: "n2", instanceType: "m7i.large", ready: false },
    ],
    managedAddons: [{ name: "vpc-cni", version: "v1.20.4", status: "ACTIVE" }],
    releases: [
      { ...release, workloads: [pods(1, 1), pods(2, 3)] },
      { ...release, name: "metrics-server", status: "failed", workloads: [] },
    ],
    apps: [
      { namespace: "pets", name: "petstore", team: "pets", ready: 2, wanted: 2, hosts: ["petstore.dev.example.com"] },
    ],
  });
  expect(lines[0]).toBe("Cluster dev-a: Kubernetes 1.35, ACTIVE, 1 of 2 nodes ready (m7i.large)");
  expect(lines).toContainEqual(expect.stringMatching(/vpc-cni +v1\.20\.4 +ACTIVE/));
  expect(lines).toContainEqual(expect.stringMatching(/external-dns +1\.20\.0 +3 of 4 pods/));
  expect(lines).toContainEqual(expect.stringMatching(/metrics-server +1\.20\.0 +failed/));
  expect(lines).toContainEqual(expect.stringMatching(/pets\/petstore +pets +2 of 2 +petstore\.dev\.example\.com/));
});

it("shows no empty tables for a cluster in which nothing runs", () => {
  const nothing = { nodes: [], managedAddons: [], releases: [], apps: [] };
  expect(clusterLines({ name: "dev-a", version: "1.35", status: "CREATING", ...nothing })).toEqual([
    "Cluster dev-a: Kubernetes 1.35, CREATING, 0 of 0 nodes ready",
  ]);
});

describe("a controller that somebody deleted", () => {
  const cluster = {
    name: "dev-a",
    version: "1.35",
    status: "ACTIVE",
    nodes: [],
    managedAddons: [],
    releases: [
      { ...release, workloads: [pods(0, 1, true)] },
      { ...release, name: "metrics-server", workloads: [pods(2, 2)] },
    ],
    apps: [],
  };
  const way =
    "Deployment kube-system/external-dns of the release external-dns is not there: somebody deleted it, and no plan shows it. Make it again: helm --namespace kube-system get manifest external-dns | kubectl apply --filename -";

  it("is counted, and said with the way to make it again", () => {
    const lines = clusterLines(cluster);
    expect(lines).toContainEqual(expect.stringMatching(/external-dns +1\.20\.0 +0 of 1 pods/));
    expect(lines).toContain(way);
  });

  it("is said beside a plan that has nothing to do, and nothing of what is whole", () => {
    expect(shortageLines(cluster)).toEqual(["Cluster dev-a: add-on external-dns: 0 of 1 pods", way]);
    const few = { ...cluster, releases: [{ ...release, workloads: [pods(1, 2)] }] };
    expect(shortageLines(few)).toEqual(["Cluster dev-a: add-on external-dns: 1 of 2 pods"]);
    expect(shortageLines({ ...cluster, releases: cluster.releases.slice(1) })).toEqual([]);
  });
});
