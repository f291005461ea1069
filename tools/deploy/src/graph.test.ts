import { accountStackId } from "@demarc/shared/environment";
import { byProject, lastFirst, type PlacedStack, StackGraph } from "./graph";
import { inTwoClusters, projectOf, stackOf } from "./testing/two-clusters";

const { environment, projects } = inTwoClusters;
const account = accountStackId(environment);
const graph = new StackGraph(environment, projects);

const idsOf = (placed: readonly PlacedStack[]) => placed.map(({ id }) => id);

const orderOf = (placed: readonly PlacedStack[]) =>
  Object.fromEntries(placed.map(({ id, after }) => [id, [...after].sort()]));

it("deploys a stack after the account, what it reads in any project, and what its own project wants before it", () => {
  expect(orderOf(graph.toDeploy())).toEqual({
    [account]: [],
    "dev-network": [account],
    "dev-data": [account, "dev-network"],
    "dev-a-cluster": [account, "dev-network"],
    "dev-b-cluster": [account, "dev-network"],
    "dev-a-addons": [account, "dev-a-cluster"],
    "dev-b-addons": [account, "dev-b-cluster"],
    "dev-a-tenancy": [account, "dev-a-addons", "dev-a-cluster"],
    "dev-b-tenancy": [account, "dev-b-addons", "dev-b-cluster"],
    "dev-a-petstore": [account, "dev-a-tenancy", "dev-data"],
    "dev-b-petstore": [account, "dev-b-tenancy"],
  });
});

it("has the administrators' stacks before all others, the account's first", () => {
  const withAccess = projects.map((one) =>
    one.project.name === "infra" ? { ...one, stacks: [stackOf("dev-access", "dev/infra/access"), ...one.stacks] } : one,
  );
  const order = orderOf(new StackGraph(environment, withAccess).toDeploy("b"));
  expect(order).toMatchObject({
    [account]: [],
    "dev-access": [account],
    "dev-network": [account, "dev-access"],
    "dev-b-petstore": [account, "dev-access", "dev-b-tenancy"],
  });
  const destroyed = new StackGraph(environment, withAccess).toDestroy();
  expect(idsOf(lastFirst(destroyed)).at(-1)).toBe("dev-access");
  expect(idsOf(new StackGraph(environment, withAccess).toDestroy("b"))).not.toContain("dev-access");
});

it("destroys a stack after all that need it, and leaves the account out", () => {
  expect(orderOf(lastFirst(graph.toDestroy()))).toEqual({
    "dev-network": ["dev-a-cluster", "dev-b-cluster", "dev-data"],
    "dev-data": ["dev-a-petstore"],
    "dev-a-cluster": ["dev-a-addons", "dev-a-tenancy"],
    "dev-b-cluster": ["dev-b-addons", "dev-b-tenancy"],
    "dev-a-addons": ["dev-a-tenancy"],
    "dev-b-addons": ["dev-b-tenancy"],
    "dev-a-tenancy": ["dev-a-petstore"],
    "dev-b-tenancy": ["dev-b-petstore"],
    "dev-a-petstore": [],
    "dev-b-petstore": [],
  });
});

it.each([
  ["deploy", graph.toDeploy()],
  ["destroy", lastFirst(graph.toDestroy())],
])("lists each stack after those that it comes after: %s", (_, placed) => {
  const ids = idsOf(placed);
  const early = placed.filter(({ id, after }) => after.some((before) => ids.indexOf(before) > ids.indexOf(id)));
  expect(early).toEqual([]);
});

it("knows the cluster of a stack by the place of its state, and none of what the environment does not name", () => {
  const clusters = Object.fromEntries(graph.stacks.map(({ id, cluster }) => [id, cluster]));
  expect(clusters).toMatchObject({ "dev-a-petstore": "a", "dev-b-cluster": "b", "dev-data": undefined });
  const c = projectOf("infra", "infra", stackOf("dev-c-cluster", "dev/c/infra/cluster"));
  expect(new StackGraph(environment, [c]).stacks[0]?.cluster).toBeUndefined();
});

describe("of one cluster", () => {
  it("deploys its stacks after those of no cluster that they stand on, and nothing that another one alone needs", () => {
    expect(orderOf(graph.toDeploy("b"))).toEqual({
      [account]: [],
      "dev-network": [account],
      "dev-b-cluster": [account, "dev-network"],
      "dev-b-addons": [account, "dev-b-cluster"],
      "dev-b-tenancy": [account, "dev-b-addons", "dev-b-cluster"],
      "dev-b-petstore": [account, "dev-b-tenancy"],
    });
    expect(idsOf(graph.toDeploy("a"))).toContain("dev-data");
  });

  it("destroys its stacks alone", () => {
    expect(idsOf(lastFirst(graph.toDestroy("b")))).toEqual([
      "dev-b-petstore",
      "dev-b-tenancy",
      "dev-b-addons",
      "dev-b-cluster",
    ]);
  });
});

it("keeps the order of two stacks that stand on each other by one that is left out", () => {
  const first = stackOf("dev-network", "dev/infra/network");
  const other = stackOf("dev-a-cluster", "dev/a/infra/cluster", ["dev/infra/network"]);
  const last = stackOf("dev-edge", "dev/infra/edge", ["dev/a/infra/cluster"]);
  const own = stackOf("dev-b-cluster", "dev/b/infra/cluster", ["dev/infra/edge"]);
  const crossed = new StackGraph(environment, [projectOf("infra", "infra", own, last, other, first)]);
  expect(orderOf(crossed.toDeploy("b"))).toEqual({
    "dev-network": [],
    "dev-edge": ["dev-network"],
    "dev-b-cluster": ["dev-edge"],
  });
});

it("deploys a project after those that its stacks come after", () => {
  const names = byProject(graph.toDeploy()).map(({ stacks }) => [
    ...new Set(stacks.map(({ target }) => target.project.name)),
  ]);
  expect(names).toEqual([["infra"], ["k8s-platform"], ["petstore"]]);
  expect(byProject(graph.toDeploy()).flatMap(({ stacks }) => stacks)).toHaveLength(graph.stacks.length);
});

it("knows what stands directly on stacks, of whatever project and cluster, and with what", () => {
  const going = graph.toDestroy("b").filter(({ target }) => target.project.kind === "infra");
  expect(orderOf(graph.standingOn(going))).toEqual({
    "dev-b-addons": ["dev-b-cluster"],
    "dev-b-tenancy": ["dev-b-cluster"],
  });
  const network = graph.stacks.filter(({ id }) => id === "dev-network");
  expect(idsOf(graph.standingOn(network)).sort()).toEqual(["dev-a-cluster", "dev-b-cluster", "dev-data"]);
});
