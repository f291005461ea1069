import { clusterLines } from "./cluster-lines";

const pods = (ready: number, wanted: number) => ({ namespace: "kube-system", name: "x", ready, wanted });
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
