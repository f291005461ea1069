import { freeMemory, MEMORY, scarceMemory, type Starting } from "./memory";

const first: Starting = { clusters: ["dev-a"], localAws: true, beside: [] };
const second: Starting = { clusters: ["fargate-alb-a", "fargate-alb-b"], localAws: false, beside: ["dev-a"] };

const { deploy, localAws, controlPlane } = MEMORY;

it.each<[string, Starting, number]>([
  ["the first environment", first, deploy + localAws + controlPlane],
  ["two clusters beside another environment", second, deploy + 2 * controlPlane],
  ["one cluster of the two", { ...second, clusters: ["fargate-alb-b"] }, deploy + controlPlane],
])("takes %s where there is room to the megabyte, and refuses it below", (_, starting, needed) => {
  expect(scarceMemory(starting, needed)).toEqual([]);
  expect(scarceMemory(starting, needed - 1)).toEqual([expect.stringContaining(`and ${needed} MB are needed`)]);
});

it("says what needs how much, and every way out that there is", () => {
  expect(scarceMemory(second, 2000)).toEqual([
    "2000 MB of memory are free, and 4300 MB are needed (2500 to deploy, 900 for the control plane of fargate-alb-a, 900 for the control plane of fargate-alb-b): take another environment away, for dev-a run (npm run sandbox -- destroy <environment>), or deploy one cluster (--cluster <id>), or end other programs.",
  ]);
  expect(scarceMemory(first, 2000)).toEqual([
    expect.stringMatching(/700 for the local AWS.*\): end other programs\.$/),
  ]);
});

it("refuses nothing that starts nothing, and nothing where nobody knows what is free", () => {
  expect(scarceMemory({ clusters: [], localAws: false, beside: ["dev-a"] }, 0)).toEqual([]);
  expect(scarceMemory(second, undefined)).toEqual([]);
});

it("knows what is free on Linux alone", () => {
  const free = freeMemory();
  expect(free === undefined).toBe(process.platform !== "linux");
  expect(free ?? 1).toBeGreaterThan(0);
});
