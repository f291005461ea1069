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
      {
        namespace: "pets",
        name: "petstore",
        team: "pets",
        ready: 2,
        wanted: 2,
        hosts: ["petstore.dev.example.com"],
        keys: [],
      },
    ],
  });
  expect(lines[0]).toBe("Cluster dev-a: Kubernetes 1.35, ACTIVE, 1 of 2 nodes ready (m7i.large)");
  expect(lines).toContainEqual(expect.stringMatching(/vpc-cni +v1\.20\.4 +ACTIVE/));
  expect(lines).toContainEqual(expect.stringMatching(/external-dns +1\.20\.0 +3 of 4 pods/));
  expect(lines).toContainEqual(expect.stringMatching(/metrics-server +1\.20\.0 +failed/));
  expect(lines).toContainEqual(expect.stringMatching(/pets\/petstore +pets +2 of 2 +petstore\.dev\.example\.com/));
});

it("tells how to read the key of an app that is reached by a REST API, and of no other", () => {
  const app = { namespace: "pets", name: "petstore", team: "pets", ready: 2, wanted: 2 };
  const other = { ...app, name: "inside", hosts: [], keys: [] };
  const lines = clusterLines({
    ...{ name: "dev-a", version: "1.35", status: "ACTIVE", nodes: [], managedAddons: [], releases: [] },
    apps: [{ ...app, hosts: ["x1.execute-api.eu-west-1.amazonaws.com/prod"], keys: ["k1"] }, other],
  });
  expect(lines).toContainEqual(
    expect.stringMatching(/pets\/petstore +pets +2 of 2 +x1\.execute-api\.eu-west-1\.amazonaws\.com\/prod$/),
  );
  expect(lines).toContainEqual(expect.stringMatching(/pets\/inside +pets +2 of 2 +none$/));
  expect(lines.slice(-1)).toEqual([
    expect.stringMatching(/pets\/petstore +aws apigateway get-api-key --api-key k1 --include-value --query value /),
  ]);
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

describe("a release in a team's namespace", () => {
  const app = { ...pods(2, 2), namespace: "pets", name: "petstore" };
  const released = { ...release, namespace: "pets", name: "petstore", team: "pets" };
  const whole = {
    name: "dev-a",
    version: "1.35",
    status: "ACTIVE",
    nodes: [],
    managedAddons: [],
    releases: [{ ...released, workloads: [app] }],
    apps: [{ ...app, team: "pets", hosts: ["petstore.dev.example.com"], keys: [] }],
  };
  const about = (cluster: typeof whole) => clusterLines(cluster).filter((line) => line.includes("petstore"));

  it("is an app's, and no add-on", () => {
    expect(clusterLines(whole)).not.toContainEqual(expect.stringContaining("add-on"));
    expect(about(whole)).toEqual([
      expect.stringMatching(/^ *pets\/petstore +pets +2 of 2 +petstore\.dev\.example\.com/),
    ]);
  });

  it("has a row where somebody deleted its Deployment, and the way to make it again", () => {
    const missing = { ...app, ready: 0, missing: true };
    const cluster = { ...whole, releases: [{ ...released, workloads: [missing] }], apps: [] };
    expect(about(cluster)).toEqual([
      expect.stringMatching(/^Deployment pets\/petstore of the release petstore is not there: /),
      expect.stringMatching(/^ *pets\/petstore +pets +0 of 2 +none/),
    ]);
    expect(shortageLines(cluster)[0]).toBe("Cluster dev-a: app petstore: 0 of 2 pods");
  });

  it("has a row where Helm does not say deployed, and for what is no Deployment", () => {
    const store = { ...app, kind: "StatefulSet", name: "petstore-store", ready: 0, wanted: 1 };
    const releases = [{ ...released, status: "failed", workloads: [app, store] }];
    expect(about({ ...whole, releases })).toEqual([
      expect.stringMatching(/pets\/petstore +pets +2 of 2/),
      expect.stringMatching(/pets\/petstore +pets +failed +none/),
      expect.stringMatching(/pets\/petstore-store +pets +0 of 1 +none/),
    ]);
  });
});
