import { StackGraph } from "../graph";
import { inTwoClusters } from "../testing/two-clusters";
import { laterOf, readOf } from "./later";

const { environment, projects } = inTwoClusters;
const { stacks } = new StackGraph(environment, projects);

const reasons = (reasonOf: Parameters<typeof laterOf>[1]) =>
  Object.fromEntries(laterOf(stacks, reasonOf).map(({ placed, because }) => [placed.id, because]));

it("plans later what has a reason, and all that comes after it, however far", () => {
  expect(reasons(({ id }) => (id === "dev-a-cluster" ? "reads dev-network" : undefined))).toEqual({
    "dev-a-cluster": "reads dev-network",
    "dev-a-addons": "comes after dev-a-cluster",
    "dev-a-tenancy": "comes after dev-a-cluster",
    "dev-a-petstore": "comes after dev-a-tenancy",
  });
});

it("plans nothing later without a reason", () => {
  expect(reasons(() => undefined)).toEqual({});
});

it("knows which of some stacks another one reads", () => {
  const named = (wanted: string) => stacks.filter(({ id }) => id === wanted);
  const [cluster] = named("dev-b-cluster");
  if (cluster === undefined) throw new Error("there is no cluster");
  expect(readOf(cluster, stacks)?.id).toBe("dev-network");
  expect(readOf(cluster, named("dev-data"))).toBeUndefined();
});
