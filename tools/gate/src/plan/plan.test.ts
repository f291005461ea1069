import { planText } from "../testing/plan";
import { readPlan } from "./plan";

const plan = (given: object) => JSON.stringify({ ...JSON.parse(planText({})), ...given });

it.each<[string, string, string]>([
  ["no JSON", "hunter2", "it is no JSON"],
  ["a list", "[]", "expected object"],
  ["a state", JSON.stringify({ format_version: "1.0", terraform_version: "1.11.4", values: {} }), "planned_values"],
  ["another version", plan({ format_version: "2.0" }), "format_version: the gate reads version 1"],
  ["a plan that failed", plan({ errored: true }), "the plan ended with an error"],
  ["an action that nobody knows", plan({ output_changes: { a: { actions: ["melt"] } } }), "output_changes.a.actions.0"],
])("says of %s that it is no plan, and how one is written", (_, text, reason) => {
  const read = () => readPlan("dev-data.json", text);
  expect(read).toThrow(reason);
  expect(read).toThrow("terraform show -json plan");
  expect(read).toThrow("dev-data.json is not valid");
  expect(read).not.toThrow("hunter2");
});

it("leaves out what is looked up", () => {
  const change = { actions: ["read"], before: null, after: {} };
  const looked = { address: "data.aws_vpc.it", mode: "data", type: "aws_vpc", name: "it", change };
  expect(readPlan("p", plan({ resource_changes: [looked] })).changes).toEqual([]);
});

it("reads the tags that say whose stack it is", () => {
  expect(readPlan("p", planText({})).tags).toEqual({ environment: "dev", workspace: "infra", team: "infra" });
  expect(readPlan("p", plan({ configuration: {} })).tags).toEqual({});
});
