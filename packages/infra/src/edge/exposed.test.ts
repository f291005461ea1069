import type { RegisteredApp } from "@demarc/shared/apps";
import { dev } from "@demarc/shared/testing";
import { edgeEnvironment, exposedApps, networkEdgeEnvironment } from "../testing/edge";
import { edgeSettingsProblems, exposedHosts, hasEdge, portsOf } from "./exposed";
import { edgeSettings } from "./settings";

const many = Array.from({ length: 51 }, (_, index): RegisteredApp => ({
  name: `app-${String(index)}`,
  team: "shop",
  hostnames: [`host-${String(index)}`],
}));

describe("the host names that the ALB answers to", () => {
  it("are all of the apps that the environment exposes, and no others", () => {
    const hosts = exposedHosts(edgeEnvironment(), exposedApps);
    expect(hosts.map(({ hostname, app }) => [hostname, app])).toEqual([
      ["petstore", "petstore"],
      ["pets", "petstore"],
      ["storefront", "storefront"],
    ]);
  });

  it("are reached on the ports that their apps state, each once", () => {
    expect(portsOf(exposedHosts(edgeEnvironment(), exposedApps))).toEqual([80, 8080]);
  });

  it("are told with all that is wrong, each at its place", () => {
    const environment = edgeEnvironment({ a: 1 }, ["petstore", "nobody", "petstore", "nameless"]);
    const read = () =>
      exposedHosts({ ...environment, name: "internal" }, [
        ...exposedApps,
        { name: "nameless", team: "shop", hostnames: [] },
      ]);
    expect(read).toThrow('environment "internal" is not valid (4 problems)');
    expect(read).toThrow(/exposures\.0\.apps\.1: "nobody" is not registered in .*, which has petstore, storefront/);
    expect(read).toThrow('exposures.0.apps.2: "petstore" is named twice; name it once');
    expect(read).toThrow(/exposures\.0\.apps\.3: "nameless" has no host name.*packages\/apps\/nameless\/package\.json/);
    expect(read).toThrow(/name: its ALB would have the name "internal-edge" begins with "internal-"/);
  });

  it("are no more than one ALB has room for", () => {
    const names = many.map(({ name }) => name);
    expect(() => exposedHosts(edgeEnvironment({ a: 1 }, names), many)).not.toThrow();
    expect(() => exposedHosts(edgeEnvironment({ a: 1, b: 1 }, names), many)).toThrow(
      "exposures: need 102 target groups, one for each host name in each cluster, and an ALB has 100 at most",
    );
    const six = Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((id) => [id, 1]));
    expect(() => exposedHosts(edgeEnvironment(six), exposedApps)).toThrow(
      "clusters: are 6, and an ALB divides requests between 5 target groups at most",
    );
  });
});

it("are as many as they may be where each cluster has a load balancer of its own, which divides nothing", () => {
  const exposed = many.slice(0, 50);
  const listeners = Object.fromEntries(exposed.map(({ name }, at) => [name, 8000 + at]));
  const clusters = edgeEnvironment(Object.fromEntries(["a", "b", "c", "d", "e", "f"].map((id) => [id, 1]))).clusters;
  const environment = {
    ...dev,
    clusters,
    exposures: [{ kind: "api-gateway" as const, loadBalancer: "infra" as const, listeners }],
  };
  expect(exposedHosts(environment, exposed)).toHaveLength(50);
});

const ofAnAlb = edgeSettings.parse({ accessLogRetentionDays: 30, waf: {} });

describe("an environment without that exposure", () => {
  it("has no such load balancer, and takes no settings of one", () => {
    expect([hasEdge(dev), hasEdge(edgeEnvironment())]).toEqual([false, true]);
    expect(edgeSettingsProblems(dev, edgeSettings.parse({}))).toEqual([expect.objectContaining({ path: ["edge"] })]);
    expect(edgeSettingsProblems(dev, undefined)).toEqual([]);
    expect(edgeSettingsProblems(edgeEnvironment(), ofAnAlb)).toEqual([]);
  });
});

describe("an environment whose load balancers of infra's are network ones", () => {
  it("takes no settings of an ALB, which would do nothing there", () => {
    const environment = networkEdgeEnvironment({ petstore: 8001 });
    expect(edgeSettingsProblems(environment, ofAnAlb).map(({ path, message }) => [path.join("."), message])).toEqual([
      ["edge.accessLogRetentionDays", expect.stringMatching(/writes them of TLS alone; remove it/)],
      ["edge.waf", expect.stringMatching(/none can guard a network load balancer; remove it/)],
    ]);
    expect(edgeSettingsProblems(environment, edgeSettings.parse({ deletionProtection: false }))).toEqual([]);
  });
});
