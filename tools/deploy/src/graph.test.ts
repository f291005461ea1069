import { accountStackId } from "@demarc/shared/environment";
import { StackGraph } from "./graph";
import { inTwoClusters, projectOf, stackOf } from "./testing/two-clusters";

const { environment, projects } = inTwoClusters;
const account = accountStackId(environment);
const graph = new StackGraph(environment, projects);

const orderOf = (placed: readonly { readonly id: string; readonly after: readonly string[] }[]) =>
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

it("destroys a stack after all that need it, and leaves the account out", () => {
  expect(orderOf(graph.toDestroy())).toEqual({
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
  ["destroy", graph.toDestroy()],
])("lists each stack after those that it comes after: %s", (_, placed) => {
  const ids = placed.map(({ id }) => id);
  const early = placed.filter(({ id, after }) => after.some((before) => ids.indexOf(before) > ids.indexOf(id)));
  expect(early).toEqual([]);
});

it("knows the cluster of a stack by the place of its state, and none of what the environment does not name", () => {
  const clusters = Object.fromEntries(graph.stacks.map(({ id, cluster }) => [id, cluster]));
  expect(clusters).toMatchObject({ "dev-a-petstore": "a", "dev-b-cluster": "b", "dev-data": undefined });
  const c = projectOf("infra", "infra", stackOf("dev-c-cluster", "dev/c/infra/cluster"));
  expect(new StackGraph(environment, [c]).stacks[0]?.cluster).toBeUndefined();
});
