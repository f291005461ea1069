import { ApplicationStack, WebApplication } from "../workload";
import { Objects } from "../kubernetes";
import { appWorkspace } from "../workspace";
import { withApps } from "./apps";
import { dev } from "./environments";
import { knownProvider } from "./known-provider";
import { itFitsProviders, misfitsOf } from "./known-providers";
import { type Block, resourceMisfits } from "./provider-schema";
import { SynthesizedStack } from "./synthesized";
import { plain, registeredStorefront } from "./web-application";

const text = { type: "string", optional: true };
const rule: Block = {
  attributes: { ports: { type: ["list", "number"], required: true } },
  block_types: { peer: { nesting_mode: "list", max_items: 1, block: { attributes: { cidr: text } } } },
};
const policy: Block = {
  attributes: {
    name: { type: "string", required: true },
    uid: { type: "string" },
    labels: { type: ["map", "string"], optional: true },
    wait: { type: "bool", optional: true },
    retries: { type: "number", optional: true },
    manifest: { type: "dynamic", optional: true },
    set: { optional: true, nested_type: { nesting_mode: "list", attributes: { value: { ...text, required: true } } } },
    auth: { optional: true, nested_type: { nesting_mode: "single", attributes: { token: text } } },
  },
  block_types: {
    rule: { nesting_mode: "list", min_items: 1, max_items: 2, block: rule },
    timeouts: { nesting_mode: "single", block: { attributes: { create: text } } },
  },
};
const misfits = (changes: object) =>
  resourceMisfits({ name: "a", rule: [{ ports: [80] }], ...changes }, policy, "policy");

describe("a provider's schema", () => {
  it.each([
    { rule: { ports: ["80", "${var.port}"], peer: [{ cidr: "10.0.0.0/8" }] } },
    { wait: "true", retries: "3", labels: { app: 1 }, manifest: [{}], timeouts: { create: "5m" } },
    { wait: "${var.wait}", retries: "${var.n}", labels: "${var.labels}", set: "${var.set}" },
    { set: [{ value: "x" }], auth: { token: "t" }, uid: null, labels: undefined },
    { depends_on: ["x"], lifecycle: {}, provider: "kubernetes.other", for_each: {}, count: 1 },
  ])("takes %j", (changes) => {
    expect(misfits(changes)).toEqual([]);
  });

  it.each([
    [{ lable: {} }, "policy.lable is not known"],
    [{ rule: [{ ports: [], prots: [] }] }, "policy.rule.prots is not known"],
    [{ rule: [{ ports: [], peer: { cdir: "x" } }] }, "policy.rule.peer.cdir is not known"],
    [{ set: [{ value: "x", vaule: "x" }] }, "policy.set.vaule is not known"],
    [{ name: undefined }, "policy.name is missing"],
    [{ rule: null }, "policy.rule is missing"],
    [{ rule: [{}] }, "policy.rule.ports is missing"],
    [{ set: [{}] }, "policy.set.value is missing"],
    [{ uid: "x" }, "policy.uid is the provider's to set"],
    [{ rule: [] }, "policy.rule has 0 blocks, and at least 1 must be"],
    [{ rule: Array(3).fill({ ports: [] }) }, "policy.rule has 3 blocks, and at most 2 may be"],
    [{ rule: [{ ports: [], peer: [{}, {}] }] }, "policy.rule.peer has 2 blocks, and at most 1 may be"],
    [{ timeouts: [{}, {}] }, "policy.timeouts has 2 blocks, and at most 1 may be"],
    [{ rule: "x" }, "policy.rule is no block"],
    [{ name: ["x"] }, "policy.name is no string"],
    [{ wait: "yes" }, "policy.wait is no boolean"],
    [{ retries: "three" }, "policy.retries is no number"],
    [{ rule: { ports: ["http"] } }, "policy.rule.ports is no number"],
    [{ rule: { ports: 80 } }, "policy.rule.ports is no list"],
    [{ labels: ["x"] }, "policy.labels is no map"],
    [{ labels: { app: {} } }, "policy.labels[app] is no string"],
    [{ set: { value: "x" } }, "policy.set is no list"],
    [{ auth: "token" }, "policy.auth is no block"],
  ])("does not take %j", (changes, misfit) => {
    expect(misfits(changes)).toEqual([misfit]);
  });
});

describe("a stack", () => {
  const stackWith = (version: string, resource: object) =>
    new SynthesizedStack("dev-a-pets", {
      terraform: { required_providers: { helm: { version } } },
      provider: { helm: [{ kubernetes: { host: "https://one", hots: "x" } }] },
      resource,
    });
  const { version } = knownProvider("helm");

  it("is told all that its providers do not take", () => {
    const release = { name: "one", chart: "one", versoin: "1" };
    expect(misfitsOf(stackWith(version, { helm_release: { release }, helm_chart: { one: {} } }))).toEqual([
      "dev-a-pets: provider helm.kubernetes.hots is not known",
      "dev-a-pets: helm_chart is not known",
      "dev-a-pets: helm_release.versoin is not known",
    ]);
  });

  it("is told that nothing is known of the version that it pins", () => {
    expect(misfitsOf(stackWith("99.0.0", { helm_release: { one: {} } }))).toEqual([
      `dev-a-pets pins helm 99.0.0, but ${version} is known: run \`npm run upstream\``,
    ]);
  });

  it("of neither provider is not looked into", () => {
    expect(misfitsOf(stackWith("99.0.0", { aws_vpc: { one: {} } }))).toEqual([]);
  });
});

// What every app is made from.
itFitsProviders(
  withApps([registeredStorefront], (app, environment) => {
    const { name, ...statement } = registeredStorefront;
    const stack = new ApplicationStack(app, { workspace: appWorkspace(name, statement), environment, cluster: "a" });
    new WebApplication(stack, name, plain);
    new Objects(stack, "objects", { name: "storefront-objects", namespace: statement.team, objects: [] });
  }),
  [dev],
);
