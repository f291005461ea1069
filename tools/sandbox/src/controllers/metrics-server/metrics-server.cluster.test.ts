import { get } from "node:https";
import { runCluster, type RunningCluster, until } from "../testing/running-cluster";
import { deploy } from "../testing/controller-deployment";
import { type Deployment, kinds } from "../kubernetes/kinds";
import type { KubernetesObject, ResourceKind } from "../kubernetes/object";
import { applyApp, running } from "../../nodes/testing/deployments";
import { metricsServer } from "./metrics-server";
import { CPU_USAGE } from "./usage";

interface ApiService extends KubernetesObject {
  readonly spec: { readonly service: { readonly name: string; readonly port: number } };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

const apiServices: ResourceKind<ApiService> = {
  apiVersion: "apiregistration.k8s.io/v1",
  kind: "APIService",
  plural: "apiservices",
  namespaced: false,
};
const autoscalers: ResourceKind = {
  apiVersion: "autoscaling/v2",
  kind: "HorizontalPodAutoscaler",
  plural: "horizontalpodautoscalers",
  namespaced: true,
};

const METRICS = { name: "v1beta1.metrics.k8s.io" };
const SERVER = { name: "metrics-server", namespace: "kube-system" };
const ROOT = "/apis/metrics.k8s.io/v1beta1";

let cluster: RunningCluster;

beforeAll(async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  cluster = await runCluster([metricsServer], []);
  const { kubernetes } = cluster;
  const ports = [{ name: "https", port: 443 }];
  await kubernetes.apply(kinds.services, { metadata: SERVER, spec: { selector: { app: "metrics-server" }, ports } });
  await kubernetes.apply(apiServices, {
    metadata: METRICS,
    spec: {
      group: "metrics.k8s.io",
      version: "v1beta1",
      groupPriorityMinimum: 100,
      versionPriority: 100,
      insecureSkipTLSVerify: true,
      service: { ...SERVER, port: 443 },
    },
  });
  await deploy(kubernetes, { ...SERVER, labels: { "app.kubernetes.io/name": "metrics-server" } });
  await until("the API is available", isAvailable);
});

afterAll(async () => {
  await cluster.stop();
});

async function isAvailable(): Promise<boolean> {
  const service = await cluster.kubernetes.get(apiServices, METRICS);
  return service?.status?.conditions?.some(({ type, status }) => type === "Available" && status === "True") ?? false;
}

async function replicasOf(name: string): Promise<number | undefined> {
  const found: Deployment | undefined = await cluster.kubernetes.get(kinds.deployments, { name, namespace: "default" });
  return found?.spec.replicas;
}

it("makes an autoscaler scale by what a pod is said to use", async () => {
  const { kubernetes } = cluster;
  await applyApp(kubernetes, { name: "web", replicas: 1 });
  await until("the pod runs", async () => (await running(kubernetes, "web")) === 1);
  const usage = await kubernetes.server.ask(`${ROOT}/namespaces/default/pods?labelSelector=app%3Dweb`);
  expect(usage).toMatchObject({ items: [{ containers: [{ name: "web", usage: { cpu: "100m" } }] }] });
  const [pod] = (await kubernetes.list(kinds.pods, { namespace: "default", labelSelector: "app=web" })).items;
  await kubernetes.patch(kinds.pods, pod?.metadata ?? { name: "" }, {
    metadata: { annotations: { [CPU_USAGE]: "1" } },
  });
  await kubernetes.apply(autoscalers, {
    metadata: { name: "web", namespace: "default" },
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
      minReplicas: 1,
      maxReplicas: 3,
      metrics: [
        { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 70 } } },
      ],
    },
  });
  // The first look finds a pod that has only just started, which counts for nothing; the next one is 15 s later.
  await until("there are three", async () => (await replicasOf("web")) === 3, 60);
});

it("lets namespaces go", async () => {
  const { kubernetes } = cluster;
  await kubernetes.apply(kinds.namespaces, { metadata: { name: "short-lived" } });
  await kubernetes.delete(kinds.namespaces, { name: "short-lived" });
  await until(
    "it is gone",
    async () => (await kubernetes.get(kinds.namespaces, { name: "short-lived" })) === undefined,
  );
  expect(await isAvailable()).toBe(true);
});

it("answers the API server alone", async () => {
  const service = await cluster.kubernetes.get(apiServices, METRICS);
  const port = service?.spec.service.port ?? 0;
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const url = `https://127.0.0.1:${String(port)}${ROOT}/nodes`;
    get(url, { rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once("error", reject);
  });
  expect(status).toBe(401);
});

it("serves nothing once metrics-server has no pod, and leaves the chart's objects as they were", async () => {
  const { kubernetes } = cluster;
  await kubernetes.patch(kinds.deployments, SERVER, { spec: { replicas: 0 } });
  await until("the API is unavailable", async () => !(await isAvailable()));
  expect((await kubernetes.get(apiServices, METRICS))?.spec.service).toEqual({ ...SERVER, port: 443 });
  const { items } = await kubernetes.list(kinds.services, { namespace: "kube-system" });
  expect(items.map(({ metadata }) => metadata.name)).toEqual(["metrics-server"]);
});
