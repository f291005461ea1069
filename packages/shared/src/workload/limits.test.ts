import fc from "fast-check";
import { InvalidInput, limitsOf } from "../environment";
import { bytes, millicores } from "../quantity";
import { dev, devLimiting } from "../testing/environments";
import { plain, storefront } from "../testing/web-application";

type Changes = Parameters<typeof storefront>[0];
const amounts = (cpu: string, memory: string) => ({ requests: { cpu, memory }, limits: { cpu, memory } });
const least = { cpu: "100m", memory: "128Mi" };
const reason = "it keeps its catalogue there";

/** All that is said against such an app of team shop, where the team has these limits. */
function problems(changes: Changes, limits: Parameters<typeof devLimiting>[1] = {}): string[] {
  try {
    storefront(changes, { environment: devLimiting("shop", limits) });
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
      { overrides: { writablePaths: { paths: ["/tmp"], megabytes: 10 * 1024, reason } } },
      'overrides.writablePaths: a container of team "shop" may have 10Gi of disk',
    ],
  ])("%s", (_, changes, said) => {
    const disks = { quota: { requests: { ephemeralStorage: "50Gi" } } };
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
      expect.stringContaining("replicas.max: with those of a rollout they are 5 pods, and the team may run 4"),
    ]);
  });

  it("by the limits of its own team only", () => {
    const environment = devLimiting("pets", { container: { cpu: "100m" }, quota: { pods: 0 } });
    expect(() => storefront({}, { environment })).not.toThrow();
  });
});

it("what is let in fits into what the platform lets a container and all pods have", () => {
  const { quota, container } = limitsOf(dev, "shop");
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
        pods * cpu <= millicores(quota.requests.cpu) &&
        pods * memory * 2 ** 20 <= bytes(quota.requests.memory) &&
        pods <= quota.pods;
      expect(said.length === 0).toBe(fits);
    }),
    { numRuns: 40 },
  );
});
