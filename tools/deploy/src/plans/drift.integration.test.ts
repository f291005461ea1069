import { readFileSync, writeFileSync } from "node:fs";
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
  expect(await apply("dev", digest, setting)).toBe(0);
  return { stacks, setting };
}

it("finds nothing where all is as the states have it, and looks at no stack that is not deployed", async () => {
  const { stacks, setting } = await deployedNetwork();
  const found = await driftOf(stacks.graph({ ...network, holds: "another vpc" }, data), DEV, setting);
  expect(found.map(({ placed, changes, fault }) => [placed.id, changes, fault])).toEqual([
    ["dev-network", undefined, undefined],
  ]);
  expect(setting.said.at(-1)).toMatch(/dev-network +as its state has it$/);
});

it("finds what a state has otherwise, tells no value, and changes nothing", async () => {
  const { stacks, setting } = await deployedNetwork();
  const file = stacks.state("dev-network");
  const tampered = readFileSync(file, "utf8").replace(/("thing": \{\s*"value": )"a vpc"/, '$1"hunter2"');
  writeFileSync(file, tampered);
  const [found] = await driftOf(stacks.graph(network), DEV, setting);
  expect(found?.changes).toEqual({ resources: [], outputs: ["thing"] });
  expect(setting.said.join("\n")).not.toContain("hunter2");
  expect(readFileSync(file, "utf8")).toBe(tampered);
});

it("reads of a plan what drifted, and nothing that did not", () => {
  const drifted = (address: string, ...actions: string[]) => ({
    ...{ address, mode: "managed", change: { actions, before: { secret: "hunter2" }, after: null } },
  });
  const json = JSON.stringify({
    resource_drift: [drifted("aws_vpc.a", "update"), drifted("aws_vpc.b", "delete"), drifted("aws_vpc.c", "no-op")],
    output_changes: { network_v1: { actions: ["update"] }, same: { actions: ["no-op"] } },
  });
  expect(driftIn(json)).toEqual({
    resources: [
      { address: "aws_vpc.a", action: "update" },
      { address: "aws_vpc.b", action: "delete" },
    ],
    outputs: ["network_v1"],
  });
  expect(() => driftIn('{"resource_drift":"hunter2"}')).toThrow(/^Terraform writes its plans otherwise/);
});
