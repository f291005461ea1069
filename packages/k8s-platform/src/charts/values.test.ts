import { valueProblems } from "./values";

const values = {
  "image.tag": { type: "string", default: "" },
  replicaCount: { type: "number", default: 1 },
  resources: { type: "object", default: {} },
  tolerations: { type: "list", default: [] },
  affinity: { type: "any", default: null },
  "service.kind": { type: "null|string", default: null, enum: ["ClusterIP", "NodePort"] },
};
const problems = (given: unknown, strict = false) => valueProblems(given, { values, strict });

it.each([
  { image: { tag: "1.0" }, replicaCount: 3, resources: { limits: { cpu: 1 } }, tolerations: [{ operator: "Exists" }] },
  { affinity: { nodeAffinity: {} } },
  { affinity: "any" },
  { replicaCount: "3", image: { tag: 1 } },
  { image: null, replicaCount: null, resources: null },
  { service: { kind: "NodePort" } },
  {},
])("a chart takes %j", (given) => {
  expect(problems(given)).toEqual([]);
});

const unknown = "is no value of the chart, which would leave it out; correct its name";

it.each([
  [{ replicas: 1 }, "replicas", unknown],
  [{ image: { tga: "1" } }, "image.tga", unknown],
  [{ image: { tag: { x: 1 } } }, "image.tag", "must be of the chart's type string"],
  [{ "image.tag": "1" }, "image\\.tag", unknown],
  [{ image: "registry/image:1" }, "image", "must be an object of the chart's values"],
  [{ toString: "x" }, "toString", unknown],
  [{ image: { constructor: "x" } }, "image.constructor", unknown],
  [{ resources: [] }, "resources", "must be of the chart's type object"],
  [{ tolerations: { operator: "Exists" } }, "tolerations", "must be of the chart's type list"],
  [{ service: { kind: "LoadBalancer" } }, "service.kind", "must be one of ClusterIP, NodePort"],
])("a chart does not take %j", (given, path, message) => {
  expect(problems(given)).toEqual([{ path, message }]);
});

it("a chart with a schema of its own takes no number for a text", () => {
  expect(problems({ replicaCount: "3", image: { tag: 1 } }, true).map(({ path }) => path)).toEqual([
    "replicaCount",
    "image.tag",
  ]);
});

it("every problem is told, each below the path of the values", () => {
  const told = valueProblems({ a: 1, image: { b: 2 } }, { values, strict: false }, "overrides.one");
  expect(told.map(({ path }) => path)).toEqual(["overrides.one.a", "overrides.one.image.b"]);
});
