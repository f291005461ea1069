import { container, node, pod } from "../../nodes/testing/objects";
import { labelSelector } from "./label-selector";
import { answerMetrics } from "./metrics-api";
import { CPU_USAGE } from "./usage";

const ROOT = "/apis/metrics.k8s.io/v1beta1";
const running = { phase: "Running" };
const spec = (nodeName: string) => ({
  nodeName,
  containers: [container({ cpu: "500m", memory: "64Mi" }), container({}, { name: "sidecar" })],
});
const web = pod({}, { metadata: { name: "web", labels: { app: "web" } }, spec: spec("one"), status: running });
const busy = pod(
  {},
  {
    metadata: { name: "busy", namespace: "other", annotations: { [CPU_USAGE]: "900m" } },
    spec: spec("one"),
    status: running,
  },
);
const waiting = pod({}, { metadata: { name: "waiting" } });

const ask = (path: string) =>
  answerMetrics(path, { nodes: [node("one"), node("two")], pods: [web, busy, waiting], at: new Date(0) });

it("says that a pod uses a share of what it requests", () => {
  expect(ask(`${ROOT}/namespaces/shop/pods/web`)).toMatchObject({
    status: 200,
    body: {
      kind: "PodMetrics",
      metadata: { name: "web", namespace: "shop" },
      timestamp: "1970-01-01T00:00:00.000Z",
      containers: [
        { name: "app", usage: { cpu: "100m", memory: "32768Ki" } },
        { name: "sidecar", usage: { cpu: "0m", memory: "0Ki" } },
      ],
    },
  });
});

it("says what a pod's annotation says, shared out over its containers", () => {
  expect(ask(`${ROOT}/namespaces/other/pods/busy`).body).toMatchObject({
    containers: [{ usage: { cpu: "450m" } }, { usage: { cpu: "450m" } }],
  });
});

it("says that a node uses what its pods use", () => {
  expect(ask(`${ROOT}/nodes`).body).toMatchObject({
    kind: "NodeMetricsList",
    items: [
      { metadata: { name: "one" }, usage: { cpu: "1000m", memory: "65536Ki" } },
      { metadata: { name: "two" }, usage: { cpu: "0m" } },
    ],
  });
});

it.each([
  [`${ROOT}/pods`, ["web", "busy"]],
  [`${ROOT}/namespaces/shop/pods`, ["web"]],
  [`${ROOT}/pods?labelSelector=app%3Dweb`, ["web"]],
  [`${ROOT}/pods?labelSelector=app%21%3Dweb`, ["busy"]],
])("lists the pods that run: %s", (path, names) => {
  expect(ask(path).body).toMatchObject({ items: names.map((name) => ({ metadata: { name } })) });
});

it("tells what it serves", () => {
  expect(ask("/apis/metrics.k8s.io").body).toMatchObject({ kind: "APIGroup", name: "metrics.k8s.io" });
  expect(ask(ROOT).body).toMatchObject({
    kind: "APIResourceList",
    resources: [
      { name: "nodes", namespaced: false, kind: "NodeMetrics" },
      { name: "pods", namespaced: true, kind: "PodMetrics" },
    ],
  });
});

it.each([`${ROOT}/namespaces/shop/pods/none`, `${ROOT}/nodes/none`, `${ROOT}/secrets`, "/openapi/v2"])(
  "does not know %s",
  (path) => {
    expect(ask(path)).toMatchObject({ status: 404, body: { kind: "Status", reason: "NotFound" } });
  },
);

it.each([
  ["app=web,tier!=db", true],
  ["app==web", true],
  ["app=api", false],
  ["tier", false],
  ["!tier", true],
  ["app in (web, api),!tier", true],
  ["app notin (web,api)", false],
  ["tier notin (db)", true],
  ["", true],
])("selects by labels: %s", (selector, expected) => {
  expect(labelSelector(selector)({ app: "web" })).toBe(expected);
});
