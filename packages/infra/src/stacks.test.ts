import { allEnvironments } from "@demarc/shared/environment";
import {
  dev,
  devReachedBy,
  itNeedsKnownAccess,
  itTakesNamesOnly,
  itWritesTextsAsTheyAre,
  synthesized,
  withApps,
} from "@demarc/shared/testing";
import files from "./settings";
import type { InfraSettingsInput } from "./settings/schema";
import { build, buildFrom } from "./stacks";
import { devOn } from "./testing/cluster";
import { edgeEnvironment, exposedApps, settingsWithEdge } from "./testing/edge";
import { buildFixture } from "./testing/fixture";
import { existingNetwork } from "./testing/network";
import { settings } from "./testing/settings";

/** With something in every place that takes a text. */
const texts = {
  ...settings,
  dns: { parentZoneId: "Z0123456789ABCDEF" },
  data: { database: { ...settings.data.database, name: "orders", maintenanceWindow: "sun:18:00-sun:19:00" } },
  clusters: {
    a: {
      ...settings.clusters.a,
      endpoint: { kind: "public" as const, cidrs: ["8.8.8.0/24"], reason: "No runner in the VPC yet" },
      serviceCidr: "172.20.0.0/16",
      compute: { ...settings.clusters.a.compute, addOnVersions: { coredns: "v1.14.3-eksbuild.3" } },
    },
  },
};

it("are one for the account, one for the roles that deploy, one for each domain and one for each cluster", () => {
  expect(Object.keys(synthesized(buildFixture({ dev: settings }), dev))).toEqual([
    "account-123456789012-ap-northeast-1",
    "dev-a-cluster",
    "dev-a-database-access",
    "dev-access",
    "dev-data",
    "dev-dns",
    "dev-keys",
    "dev-network",
  ]);
});

it("have nothing of a database and a queue where the environment has none", () => {
  const { data: _, ...without } = settings;
  const stacks = synthesized(buildFixture({ dev: without }), { ...dev, data: false });
  expect(Object.keys(stacks).filter((id) => id.includes("data"))).toEqual([]);
  expect(stacks["dev-keys"]?.labelled("aws_kms_key", "database_key_444EF3EA")).not.toHaveProperty("lifecycle");
});

it("have a load balancer too where the environment exposes apps by one of infra's", () => {
  const build = withApps(exposedApps, buildFrom({ dev: settingsWithEdge }));
  expect(Object.keys(synthesized(build, edgeEnvironment()))).toEqual(
    expect.arrayContaining(["dev-access-logs", "dev-edge", "dev-a-edge-access", "dev-b-edge-access"]),
  );
});

describe.each(allEnvironments())("infra's stacks of $name", (environment) => {
  it.each(Object.entries(synthesized(build, environment)))("%s stays as it was last agreed to be", (_, stack) => {
    expect(stack.json).toMatchSnapshot();
  });
});

itTakesNamesOnly(buildFrom, files);
itNeedsKnownAccess(build);
describe("the fixture", () => {
  itTakesNamesOnly(buildFixture, { dev: settings }, [dev]);
  const buildOf = (of: unknown) => buildFixture({ dev: of as InfraSettingsInput });
  itWritesTextsAsTheyAre(buildOf, texts, dev);
  itNeedsKnownAccess(buildFixture({ dev: settings }), [dev]);
  describe("with a load balancer of infra's", () => {
    const buildWithApps = (of: unknown) => withApps(exposedApps, buildFrom({ dev: of as InfraSettingsInput }));
    itNeedsKnownAccess(buildWithApps(settingsWithEdge), [edgeEnvironment()]);
    itWritesTextsAsTheyAre(buildWithApps, settingsWithEdge, edgeEnvironment());
  });
  describe("with a web ACL in front of Ingresses' load balancers", () => {
    const guarded = devReachedBy({ kind: "alb-ingress", scheme: "internal", waf: true });
    const rule = { group: "common" as const, rule: "SizeRestrictions_BODY", reason: "The shop takes pictures" };
    const withWebAcl = { ...settings, webAcl: { countedRules: [rule] } };
    itNeedsKnownAccess(buildFixture({ dev: withWebAcl }), [guarded]);
    itWritesTextsAsTheyAre(buildOf, withWebAcl, guarded);
  });
  describe("with a bastion, and an image of the company's own", () => {
    const ami = "ami-0abcdef1234567890";
    const general = { ...settings.clusters.a.compute.nodeGroups.general, ami: { id: ami, kubernetes: "1.35" } };
    const compute = { ...settings.clusters.a.compute, nodeGroups: { general } };
    const withBastion = { ...settings, clusters: { a: { ...settings.clusters.a, bastion: { ami }, compute } } };
    itNeedsKnownAccess(buildFixture({ dev: withBastion }), [dev]);
    itTakesNamesOnly(buildFixture, { dev: withBastion }, [dev]);
  });
  describe("on Fargate", () => {
    const profiles = { pods: { selectors: [{ namespace: "*" }, { namespace: "kube-*" }] } };
    const onFargate = { endpoint: { kind: "private" }, compute: { kind: "fargate", profiles } } as const;
    itNeedsKnownAccess(buildFixture({ dev: { ...settings, clusters: { a: onFargate } } }), [devOn("fargate")]);
  });
  describe("in a network that is there", () => {
    itNeedsKnownAccess(buildFixture({ dev: { ...settings, network: existingNetwork } }), [dev]);
    itWritesTextsAsTheyAre(buildOf, { ...settings, network: existingNetwork }, dev);
  });
});
