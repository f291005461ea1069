import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { keepChart, keepProvider, keepSensitive, lostVersions, Refused } from "./keep";
import { providers, releases } from "./pinned";
import { describe as describeSchema } from "./providers";
import { sensitiveIn } from "./sensitive";

const CHARTS = "packages/k8s-platform/src/charts";
const PROVIDERS = "packages/shared/src/testing/providers";
const SENSITIVE = "packages/shared/src/ownership/sensitive";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "demarc-upstream-"));
  for (const folder of [CHARTS, PROVIDERS, SENSITIVE]) mkdirSync(path.join(root, folder), { recursive: true });
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

const kept = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), "utf8"));

function crd(name: string, served: Readonly<Record<string, boolean>>) {
  const versions = Object.entries(served).map(([version, is]) => ({ name: version, served: is }));
  return { metadata: { name }, spec: { versions } };
}

const chart = (crds: ReturnType<typeof crd>[]) => ({
  chart: {
    name: "one",
    namespace: "kube-system",
    repository: "https://charts.example.com",
    chart: "one",
    version: "2.0.0",
    kubernetes: "1.35",
    values: {},
  },
  read: "2026-11-29",
  version: "2.0.0",
  appVersion: "v2",
  strict: false,
  values: { replicas: { type: "number", default: 1 } },
  rbac: {},
  crds,
});

describe("a chart's data", () => {
  it("says which chart it is of, when it was read and what the chart knows, with the custom resources apart", () => {
    keepChart(root, chart([crd("widgets.example.com", { v1: true })]));
    expect(kept(`${CHARTS}/one.json`)).toEqual({
      chart: "one",
      repository: "https://charts.example.com",
      read: "2026-11-29",
      version: "2.0.0",
      appVersion: "v2",
      strict: false,
      values: { replicas: { type: "number", default: 1 } },
      rbac: {},
    });
    expect(kept(`${CHARTS}/one.crds.json`)).toEqual([crd("widgets.example.com", { v1: true })]);
  });

  it("has no file of custom resources where the chart has none", () => {
    keepChart(root, chart([]));
    expect(readdirSync(path.join(root, CHARTS))).toEqual(["one.json"]);
  });

  it("is not replaced by one that serves a version no more, in which a cluster's objects may be written", () => {
    const before = JSON.stringify([crd("widgets.example.com", { v1alpha1: true, v1: true })]);
    writeFileSync(path.join(root, CHARTS, "one.crds.json"), before);
    const replace = () => {
      keepChart(root, chart([crd("widgets.example.com", { v1alpha1: false, v1: true })]));
    };
    expect(replace).toThrow(Refused);
    expect(replace).toThrow(
      "one 2.0.0: it serves v1alpha1 of widgets.example.com no more, and objects of a cluster may be written so; move them first, then delete packages/k8s-platform/src/charts/one.crds.json and run this again",
    );
    expect(readdirSync(path.join(root, CHARTS))).toEqual(["one.crds.json"]);
  });
});

it.each([
  [[crd("a", { v1: true })], [crd("a", { v1: true, v2: true })], []],
  [[crd("a", { v1: false })], [], []],
  [[crd("a", { v1: true }), crd("b", { v1: true })], [crd("b", { v1: true })], ["v1 of a"]],
])("versions that %j has and %j has no more", (before, after, lost) => {
  expect(lostVersions(before, after)).toEqual(lost);
});

describe("a provider's data", () => {
  const metadata = {
    nesting_mode: "list",
    max_items: 1,
    block: { attributes: { name: { type: "string", required: true, description: "Its name." } } },
  };
  const resource = { block: { block_types: { metadata } } };
  const schema = {
    provider_schemas: {
      one: {
        provider: { block: { attributes: { host: { type: "string", optional: true } } } },
        resource_schemas: { one_b: resource, one_a: resource },
      },
    },
  };

  it("has each block once, without its descriptions", () => {
    const { provider, resources, blocks } = describeSchema(schema);
    expect(blocks[provider]).toEqual({ attributes: { host: { type: "string", optional: true } }, block_types: {} });
    expect(Object.keys(resources)).toEqual(["one_a", "one_b"]);
    expect(resources["one_a"]).toBe(resources["one_b"]);
    expect(Object.values(blocks)).toHaveLength(3);
    expect(blocks[resources["one_a"] ?? ""]).toEqual({
      attributes: {},
      block_types: { metadata: { nesting_mode: "list", max_items: 1, block: expect.any(String) } },
    });
    expect(JSON.stringify(blocks)).not.toContain("Its name.");
  });

  it("says which provider it is of, and when it was read", () => {
    const provider = { source: "hashicorp/one", version: "1.0.0" };
    keepProvider(root, provider, { ...provider, read: "2026-11-29", ...describeSchema(schema) });
    expect(kept(`${PROVIDERS}/one.json`)).toMatchObject({ ...provider, read: "2026-11-29" });
  });
});

describe("what is sensitive of a provider's", () => {
  const text = { type: "string", sensitive: true };
  const block = {
    attributes: {
      name: { type: "string", optional: true },
      password: { ...text, optional: true },
      password_wo: { ...text, optional: true, write_only: true },
      token: { ...text, computed: true },
      value: { ...text, optional: true, computed: true },
      set_sensitive: { nested_type: { nesting_mode: "list", attributes: { name: { type: "string" }, value: text } } },
    },
    block_types: { user: { nesting_mode: "set", block: { attributes: { key: text } } } },
  };
  const schema = {
    provider_schemas: {
      one: {
        resource_schemas: { one_b: { block }, one_a: { block: { attributes: { key: text } } }, one_c: { block: {} } },
        data_source_schemas: { one_d: { block: { attributes: { key: { ...text, computed: true } } } } },
      },
    },
  };

  it("is what a state keeps: what is set, and what is made without being set", () => {
    const { resources, data } = sensitiveIn(schema);
    expect(Object.entries(resources)).toEqual([
      ["one_a", { key: "set" }],
      ["one_b", { password: "set", token: "made", value: "made", "set_sensitive.value": "set", "user.key": "set" }],
    ]);
    expect(data).toEqual({ one_d: { key: "made" } });
  });

  it("is written where the check of stacks reads it", () => {
    const provider = { source: "hashicorp/one", version: "1.0.0" };
    keepSensitive(root, provider, { ...provider, read: "2026-11-29", ...sensitiveIn(schema) });
    expect(kept(`${SENSITIVE}/one.json`)).toMatchObject({ ...provider, data: { one_d: { key: "made" } } });
  });
});

it("reads what the platform pins", () => {
  expect(releases().map(({ chart: name }) => name)).toEqual(
    expect.arrayContaining(["aws-for-fluent-bit", "cluster-autoscaler", "metrics-server"]),
  );
  const version = expect.stringMatching(/^\d+\.\d+\.\d+$/) as string;
  expect(providers()).toEqual([
    { source: "hashicorp/aws", version, isDescribed: false },
    { source: "hashicorp/helm", version, isDescribed: true },
    { source: "hashicorp/kubernetes", version, isDescribed: true },
  ]);
});
