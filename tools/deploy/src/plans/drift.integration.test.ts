import { readFileSync } from "node:fs";
import { planText } from "@demarc/gate/testing";
import { type LocalStack, LocalStacks } from "../testing/local-stacks";
import { apply } from "./apply";
import { driftIn, driftOf } from "./drift";
import { planGraph } from "./plan";

const network: LocalStack = { id: "dev-network", holds: "a vpc" };
const data: LocalStack = { id: "dev-data", holds: "a database" };
const DEV = { environment: "dev" };

/** Stacks of which the network is deployed. */
async function deployedNetwork() {
  const stacks = new LocalStacks();
  const setting = stacks.setting();
  const graph = stacks.graph(network);
  const projects = graph.projects.map(({ project }) => project);
  const { digest = "" } = await planGraph(graph, projects, DEV, setting, () => Promise.resolve([]));
  expect(await apply("dev", digest, setting, () => Promise.resolve([]))).toBe(0);
  return { stacks, setting };
}

it("finds nothing where nobody changed anything, though a deploy would, and looks at no stack that is not deployed", async () => {
  const { stacks, setting } = await deployedNetwork();
  const before = readFileSync(stacks.state("dev-network"), "utf8");
  const found = await driftOf(stacks.graph({ ...network, holds: "another vpc" }, data), DEV, setting);
  expect(found.map(({ placed, changes, fault }) => [placed.id, changes, fault])).toEqual([
    ["dev-network", undefined, undefined],
  ]);
  expect(setting.said.at(-1)).toMatch(/dev-network +nothing changed by hand$/);
  expect(readFileSync(stacks.state("dev-network"), "utf8")).toBe(before);
});

it("tells what cannot be looked at", async () => {
  const { stacks, setting } = await deployedNetwork();
  const [found] = await driftOf(stacks.graph({ ...network, holds: "${nowhere.at.all}" }), DEV, setting);
  expect(found?.fault).toMatch(/^Error: Reference to undeclared resource/);
});

it("takes of what is otherwise than the state has it what a deploy would put back, and tells no value", () => {
  const changed = { before: { name: "hunter2" }, after: { name: "a" } };
  const plan = JSON.parse(
    planText({
      resources: {
        "aws_sqs_queue.changed": changed,
        "aws_sqs_queue.gone": { after: { name: "a" } },
        "aws_sqs_queue.deployed-next": changed,
        "aws_sqs_queue.filled-in": { before: { name: "a" }, after: { name: "a" } },
      },
    }),
  ) as object;
  const drifted = (name: string, ...actions: string[]) => ({ address: `aws_sqs_queue.${name}`, change: { actions } });
  const resource_drift = [drifted("changed", "update"), drifted("gone", "delete"), drifted("filled-in", "update")];
  expect(driftIn("dev-data", JSON.stringify({ ...plan, resource_drift }))).toEqual({
    resources: [
      { address: "aws_sqs_queue.changed", action: "update" },
      { address: "aws_sqs_queue.gone", action: "delete" },
    ],
    outputs: [],
  });
});
