import fc from "fast-check";
import { type Environment, InvalidInput, largestPodOf, limitsOf } from "../environment";
import { environmentSchema } from "../environment/schema";
import { bytes, millicores } from "../quantity";
import { withApps } from "../testing/apps";
import { dev, devLimiting } from "../testing/environments";
import { synthesized } from "../testing/synthesized";
import { plain, registeredStorefront, storefront } from "../testing/web-application";
import { appWorkspace } from "../workspace";
import { ApplicationStack } from "./application-stack";
import { WebApplication } from "./web-application";

type Changes = Parameters<typeof storefront>[0];
const amounts = (cpu: string, memory: string) => ({ requests: { cpu, memory }, limits: { cpu, memory } });
const least = { cpu: "100m", memory: "128Mi" };
const reason = "it keeps its catalogue there";

/** All that is said against such an app of team shop, where the team has these limits. */
function problems(changes: Changes, limits: Parameters<typeof devLimiting>[1] = {}): string[] {
  return problemsIn(devLimiting("shop", limits), changes);
}

function problemsIn(environment: Environment, changes: Changes): string[] {
  try {
    storefront(changes, { environment });
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.message.split("\n").slice(1);
  }
}

const two = { min: 2, max: 2 };

describe("what a team may not have is refused when its app is synthesized", () => {
  it.each<[string, Changes, string]>([
    [
      "CPU of a container",
      { resources: { requests: least, limits: { cpu: "4001m", memory: "1Gi" } } },
      'resources.limits.cpu: a container of team "shop" may have 4 of CPU at most',
    ],
    [
      "memory of a container",
      { resources: { requests: least, limits: { cpu: "1", memory: "8193Mi" } } },
      'resources.limits.memory: a container of team "shop" may have 8Gi of memory',
    ],
    [
      "disk of a container",
      { overrides: { writablePaths: { paths: ["/tmp"], megabytes: 1024, reason } } },
      'overrides.writablePaths: a container of team "shop" may have 1Gi of disk',
    ],
  ])("%s", (_, changes, said) => {
    const disks = { container: { ephemeralStorage: "1Gi" } };
    expect(problems({ replicas: two, ...changes }, disks)).toEqual([expect.stringContaining(said)]);
  });

  it("CPU of all pods, those of a rollout too: else it would stand still", () => {
    const limits = { quota: { requests: { cpu: "1" }, limits: { cpu: "1" } } };
    const resources = amounts("250m", "128Mi");
    expect(problems({ resources, replicas: { min: 2, max: 3 } }, limits)).toEqual([]);
    expect(problems({ resources, replicas: { min: 2, max: 4 } }, limits)).toEqual([
      expect.stringContaining(
        'replicas.max: 4 pods, with those of a rollout 5, are above team "shop"\'s quota of 1 of CPU (requests)',
      ),
      expect.stringContaining("(limits)"),
    ]);
  });

  it("memory and disk of all pods", () => {
    const said = problems(
      { replicas: two, resources: amounts("100m", "512Mi") },
      { quota: { requests: { memory: "1Gi", ephemeralStorage: "300Mi" } } },
    );
    expect(said).toEqual([
      expect.stringContaining("quota of 1Gi of memory (requests)"),
      expect.stringContaining(
        "quota of 300Mi of disk (requests); ask for less, or have teams.shop.limits.quota.requests.ephemeralStorage",
      ),
    ]);
  });

  it("more pods than may run", () => {
    expect(problems({ replicas: { min: 2, max: 4 } }, { quota: { pods: 4 } })).toEqual([
      expect.stringContaining("replicas.max: with those of a rollout the app's are 5 pods, and the team may run 4"),
    ]);
  });

  it("of all parts of an app together", () => {
    const registered = { ...registeredStorefront, hostnames: ["storefront", "checkout"] };
    const { name, ...statement } = registered;
    const workspace = appWorkspace(name, statement);
    const build = withApps([registered], (app, environment) => {
      const stack = new ApplicationStack(app, { workspace, environment, cluster: "a" });
      const props = { ...plain, replicas: two, resources: amounts("250m", "128Mi") };
      new WebApplication(stack, "storefront", { ...props, hostname: "storefront" });
      new WebApplication(stack, "storefront-checkout", { ...props, hostname: "checkout" });
    });
    const within = (cpu: string, pods: number) => () =>
      synthesized(build, devLimiting("shop", { quota: { pods, requests: { cpu } } }));
    expect(within("1500m", 6)).not.toThrow();
    expect(within("1499m", 6)).toThrow(
      'replicas.max: 2 pods, with those of a rollout 3, and those of storefront are above team "shop"\'s quota of 1499m of CPU (requests)',
    );
    expect(within("1500m", 5)).toThrow("the app's are 6 pods, and the team may run 5");
  });

  it("by the limits of its own team only", () => {
    const environment = devLimiting("pets", { container: { cpu: "100m" }, quota: { pods: 0 } });
    expect(() => storefront({}, { environment })).not.toThrow();
  });
});

describe("what no node has room for is refused when an app is synthesized", () => {
  /** Where that is what a pod of cluster a may request. */
  const devWithNodes = (largestPod: object) =>
    environmentSchema.parse({
      ...dev,
      clusters: { a: { version: "1.35", compute: { kind: "managed-nodes", largestPod } } },
    });
  const said = (environment: Environment, changes: Changes) =>
    problemsIn(environment, changes).filter((problem) => problem.includes("may request"));
  const asking = (cpu: string, memory: string) => ({
    replicas: two,
    resources: { requests: { cpu, memory }, limits: { cpu: "4", memory: "8Gi" } },
  });

  it("as pods of the usual size have it, where nothing else is said", () => {
    expect(said(dev, asking("1500m", "6Gi"))).toEqual([]);
    expect(said(dev, asking("1501m", "6145Mi"))).toEqual([
      expect.stringContaining(
        'resources.requests.cpu: a pod of cluster "a" may request 1500m of CPU at most, or no node might have room for it; request less, or have clusters.a.compute.largestPod.cpu of the environment raised',
      ),
      expect.stringContaining('resources.requests.memory: a pod of cluster "a" may request 6Gi of memory'),
    ]);
  });

  it("as the environment says for the cluster, disk too", () => {
    const writablePaths = { paths: ["/tmp"], megabytes: 1024, reason };
    const app = { ...asking("2", "128Mi"), overrides: { writablePaths } };
    expect(said(devWithNodes({ cpu: "2", ephemeralStorage: "1152Mi" }), app)).toEqual([]);
    expect(said(devWithNodes({ cpu: "1", ephemeralStorage: "1Gi" }), app)).toEqual([
      expect.stringContaining("may request 1 of CPU"),
      expect.stringContaining('overrides.writablePaths: a pod of cluster "a" may request 1Gi of disk'),
    ]);
  });

  it("and not where AWS makes a node for each pod", () => {
    const clusters = { a: { version: "1.35", compute: { kind: "auto-mode" as const } } };
    expect(said({ ...dev, clusters }, asking("3", "7Gi"))).toEqual([]);
  });
});

it("what is let in fits into what the platform lets a container and all pods have", () => {
  const { quota, container } = limitsOf(dev, "shop");
  const largest = largestPodOf(dev, "a");
  const changes = fc.record({
    cpu: fc.integer({ min: 1, max: 6_000 }),
    memory: fc.integer({ min: 1, max: 10_000 }),
    max: fc.integer({ min: 2, max: 60 }),
  });
  fc.assert(
    fc.property(changes, ({ cpu, memory, max }) => {
      const said = problems({ ...plain, resources: amounts(`${cpu}m`, `${memory}Mi`), replicas: { min: 2, max } });
      const pods = max + Math.ceil(max / 4);
      const fits =
        cpu <= millicores(container.cpu) &&
        memory * 2 ** 20 <= bytes(container.memory) &&
        cpu <= millicores(largest?.cpu ?? "0") &&
        memory * 2 ** 20 <= bytes(largest?.memory ?? "0") &&
        pods * cpu <= millicores(quota.requests.cpu) &&
        pods * memory * 2 ** 20 <= bytes(quota.requests.memory) &&
        pods <= quota.pods;
      expect(said.length === 0).toBe(fits);
    }),
    { numRuns: 40 },
  );
});
