import { existsSync, statSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import path from "node:path";
import { identityOf } from "@demarc/deploy";
import { KubernetesClient } from "../controllers/kubernetes/client";
import { kinds } from "../controllers/kubernetes/kinds";
import { patchVersion } from "./programs";
import { eventually } from "./testing/eventually";
import { createIn, createPod, kwokNode, makeNamespace, podSpec } from "./testing/objects";
import { CLUSTER, testCluster, type TestControlPlane, testControlPlane } from "./testing/running-control-plane";

/** Everybody who comes with this token is "pets"; taken away, nobody is. */
const TOKEN = "k8s-aws-v1.pets";

let reviews: Server;
let letIn = true;
let test: TestControlPlane;
let cluster: KubernetesClient;

beforeAll(async () => {
  reviews = createServer((_, response) => {
    const status = { authenticated: letIn, ...(letIn ? { user: { username: "pets", groups: ["team:pets"] } } : {}) };
    response.end(JSON.stringify({ apiVersion: "authentication.k8s.io/v1", kind: "TokenReview", status }));
  });
  await new Promise<void>((resolve) => reviews.listen(0, "127.0.0.1", resolve));
  const address = reviews.address();
  test = await testControlPlane(`http://127.0.0.1:${typeof address === "object" ? String(address?.port) : ""}`);
  await test.plane.start(testCluster());
  cluster = new KubernetesClient(test.plane.connection(CLUSTER), "test");
  await cluster.create(kinds.nodes, kwokNode("node"));
  await makeNamespace(cluster, "shop");
});

afterAll(async () => {
  cluster.close();
  await test.plane.stop(CLUSTER);
  test.remove();
  reviews.close();
});

function phaseOf(name: string): Promise<string | undefined> {
  return cluster.get(kinds.pods, { namespace: "shop", name }).then((pod) => pod?.status?.phase);
}

describe("a cluster", () => {
  it("says the version that its environment's stands for", async () => {
    const [major, minor] = patchVersion(testCluster().version ?? "").split(".");
    expect(await cluster.server.ask("/version")).toMatchObject({
      gitVersion: `v${patchVersion(testCluster().version ?? "")}`,
      major,
      minor,
    });
  });

  it("runs a Deployment's pods on KWOK's nodes, with addresses of the node's block", async () => {
    const labels = { app: "web" };
    const template = { metadata: { labels }, spec: podSpec() };
    const spec = { replicas: 2, selector: { matchLabels: labels }, template };
    await createIn(cluster, "shop", "/apis/apps/v1", "deployments", { metadata: { name: "web" }, spec });
    const deployment = await eventually(
      () => cluster.get(kinds.deployments, { namespace: "shop", name: "web" }),
      (found) => found?.status?.readyReplicas === 2,
    );
    expect(deployment?.status?.availableReplicas).toBe(2);
    const { items } = await cluster.list(kinds.pods, { namespace: "shop", labelSelector: "app=web" });
    expect(items.map(({ status }) => status?.podIP)).toEqual([
      expect.stringMatching(/^10\.0\.1\./),
      expect.stringMatching(/^10\.0\.1\./),
    ]);
  });

  it("completes a Job", async () => {
    const template = { spec: { ...podSpec(), restartPolicy: "Never" } };
    await createIn(cluster, "shop", "/apis/batch/v1", "jobs", { metadata: { name: "users" }, spec: { template } });
    const job = await eventually(
      () => cluster.server.ask("/apis/batch/v1/namespaces/shop/jobs/users/status"),
      (found) => JSON.stringify(found).includes('"completionTime"'),
    );
    expect(job).toMatchObject({ status: { succeeded: 1 } });
  });

  it("gets a pod ready again that Kubernetes took for not ready, as its node was away", async () => {
    await createPod(cluster, "shop", "back", podSpec());
    const readiness = async () => {
      const pod = await cluster.get(kinds.pods, { namespace: "shop", name: "back" });
      return pod?.status?.conditions?.find(({ type }) => type === "Ready")?.status;
    };
    await eventually(readiness, (status) => status === "True");
    const conditions = [{ type: "Ready", status: "False" }];
    await cluster.patchStatus(kinds.pods, { namespace: "shop", name: "back" }, { status: { conditions } });
    expect(await eventually(readiness, (status) => status === "True")).toBe("True");
  });

  it("never gets a pod ready whose image nobody has", async () => {
    await createPod(cluster, "shop", "unknown", podSpec({ image: "registry.invalid/main:1" }));
    const pod = await eventually(
      () => cluster.get(kinds.pods, { namespace: "shop", name: "unknown" }),
      (found) => found?.status?.containerStatuses !== undefined,
    );
    expect(pod?.status?.containerStatuses?.[0]?.state?.waiting?.reason).toBe("ImagePullBackOff");
    expect(pod?.status?.phase).toBe("Pending");
  });

  it("has no logs of pods, and looks for none outside of this machine", async () => {
    await createPod(cluster, "shop", "silent", podSpec());
    await eventually(
      () => phaseOf("silent"),
      (phase) => phase === "Running",
    );
    const logs = cluster.server.ask("/api/v1/namespaces/shop/pods/silent/log");
    await expect(logs).rejects.toThrow("no preferred addresses found");
  });

  it("lets a pod go at once, but not before its finalizers do", async () => {
    const held = { name: "held", namespace: "shop" };
    const finalizers = ["demarc.example/hold"];
    await createIn(cluster, "shop", "/api/v1", "pods", { metadata: { name: "held", finalizers }, spec: podSpec() });
    await eventually(
      () => phaseOf("held"),
      (phase) => phase === "Running",
    );
    await cluster.delete(kinds.pods, held);
    expect((await cluster.get(kinds.pods, held))?.metadata.deletionTimestamp).toBeDefined();

    await cluster.patch(kinds.pods, held, { metadata: { finalizers: null } });
    await eventually(
      () => phaseOf("held"),
      (phase) => phase === undefined,
    );
  });

  it("removes a namespace with all that is in it", async () => {
    await makeNamespace(cluster, "passing");
    await createPod(cluster, "passing", "main", podSpec());
    await cluster.server.ask("/api/v1/namespaces/passing", { method: "DELETE" });
    const gone = await eventually(
      () => cluster.server.ask("/api/v1/namespaces/passing").catch((fault: unknown) => fault),
      (answer) => answer instanceof Error,
    );
    expect(gone).toMatchObject({ reason: "NotFound" });
  });
});

describe("a token", () => {
  it("is reviewed anew with every request: whoever may not come in any more is refused at once", async () => {
    const team = new KubernetesClient({ ...test.plane.connection(CLUSTER), token: TOKEN }, "team");
    await expect(team.server.ask("/api/v1/namespaces/shop/pods")).rejects.toThrow('User "pets" cannot list');
    letIn = false;
    await expect(team.server.ask("/api/v1/namespaces/shop/pods")).rejects.toMatchObject({ status: 401 });
    letIn = true;
    await expect(team.server.ask("/api/v1/namespaces/shop/pods")).rejects.toMatchObject({ status: 403 });
    team.close();
  });
});

it("records who was let in to do what, where the cluster's logging asks for it", async () => {
  const team = new KubernetesClient({ ...test.plane.connection(CLUSTER), token: TOKEN }, "team");
  await expect(team.server.ask("/api/v1/namespaces/kube-system/secrets")).rejects.toMatchObject({ status: 403 });
  team.close();
  const log = path.join(test.folder, "logs", `${CLUSTER}-audit.log`);
  const recorded = await eventually(
    () => readFile(log, "utf8"),
    (text) => text.includes("/api/v1/namespaces/kube-system/secrets"),
  );
  expect(recorded).toContain('"username":"pets"');
  expect(recorded).not.toContain("system:kube-controller-manager");
});

describe("its programs", () => {
  it("keep what is secret to this user", async () => {
    const folder = path.join(test.folder, "clusters", CLUSTER);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const files = (await readdir(folder)).filter((name) => /\.(key|csv|kubeconfig)$/.test(name));
    expect(files.length).toBeGreaterThan(6);
    for (const file of files) expect(statSync(path.join(folder, file)).mode & 0o777).toBe(0o600);
  });

  it("go on where they stopped, with all that was in the cluster", async () => {
    await createIn(cluster, "shop", "/api/v1", "configmaps", { metadata: { name: "kept" } });
    const processes = processesOf(CLUSTER);
    const killed = ["etcd", "kube-apiserver", "kwok"];
    for (const name of killed) process.kill(processes.get(name) ?? 0, "SIGKILL");
    const running = () => Promise.resolve(test.plane.components(CLUSTER).filter((component) => component.running));
    // What cannot do without them may end by itself.
    await eventually(running, (left) => left.every(({ name }) => !killed.includes(name)));
    await expect(cluster.server.ask("/version")).rejects.toThrow("ECONNREFUSED");

    await test.plane.resume(CLUSTER);
    expect(await running()).toHaveLength(5);
    const kept = await cluster.server.ask("/api/v1/namespaces/shop/configmaps/kept");
    expect(kept).toMatchObject({ metadata: { name: "kept" } });
  });
});

describe("a control plane", () => {
  it("that does not start says which program, why, and where it tells more, and leaves nothing", async () => {
    const wrong = { ...testCluster(), name: "wrong", kubernetesNetworkConfig: { serviceIpv4Cidr: "10.0.0.0/33" } };
    await expect(test.plane.start(wrong)).rejects.toThrow(
      /^kube-apiserver ended \(exit code 1\): .*service-cluster-ip-range.* \(all of it: .*wrong-kube-apiserver\.log\)$/,
    );
    expect(existsSync(path.join(test.folder, "clusters/wrong"))).toBe(false);
    expect(test.plane.components("wrong")).toEqual([]);
  });

  it("of a version that the sandbox has not says which it has", async () => {
    await expect(test.plane.start({ ...testCluster(), version: "1.29" })).rejects.toThrow(
      `the sandbox has no Kubernetes 1.29 to run; it has ${testCluster().version ?? ""}`,
    );
  });

  it("that is stopped leaves no process and no file", async () => {
    const second = { ...testCluster(), name: "dev-b" };
    await test.plane.start(second);
    const processes = [...processesOf("dev-b").values()];
    expect((await Promise.all(processes.map(identityOf))).map((identity) => identity?.pid)).toEqual(processes);

    await test.plane.stop("dev-b");
    expect(await Promise.all(processes.map(identityOf))).toEqual(processes.map(() => undefined));
    expect(await readdir(path.join(test.folder, "clusters"))).toEqual([CLUSTER]);
  });
});

/** Processes of a cluster's programs, by the programs' names. */
function processesOf(clusterName: string): Map<string, number> {
  return new Map(test.plane.components(clusterName).map(({ name, pid = 0 }) => [name, pid]));
}
