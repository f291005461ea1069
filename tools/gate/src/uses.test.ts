import { consume, defineContract, output, publish, terraformEntry } from "@demarc/shared/contract";
import { WorkspaceStack } from "@demarc/shared/stack";
import { dev, synthesized } from "@demarc/shared/testing";
import { infra, k8sPlatform } from "@demarc/shared/workspace";
import { TerraformOutput } from "cdktf";
import { type ContractUse, usesOf, withDeployed } from "./uses";

const queue = defineContract({
  ...({ name: "queue", version: 2, workspace: "infra", stack: "data", scope: "environment" } as const),
  outputs: {
    url: output.string("where to send"),
    zones: output.strings("where"),
    owners: output.map("whose"),
    key: output.string("key"),
  },
});
const values = { url: "https://q", zones: ["1a"], owners: { a: "pets" }, key: "k" };

/** A producer, and a consumer that takes of the contract what it is told to. */
function stacksWith(take: (values: ReturnType<typeof consume<typeof queue>>) => readonly string[]) {
  const stacks = synthesized((app, environment) => {
    publish(new WorkspaceStack(app, { workspace: infra, stack: "data", environment }), queue, values);
    const reader = new WorkspaceStack(app, { workspace: k8sPlatform, stack: "addons", environment, cluster: "a" });
    const taken = take(consume(reader, queue));
    taken.forEach((value, index) => new TerraformOutput(reader, `o${String(index)}`, { value, staticId: true }));
  }, dev);
  return Object.values(stacks);
}

const use = { consumer: "dev-a-addons", team: "platform", producer: "dev-data", contract: "queue", version: 2 };

it("tells which outputs a stack takes, in plain references, in texts and in functions", () => {
  const stacks = stacksWith(({ url, owners }) => [url, `{"a": "${url}/x"}`, terraformEntry(owners, "a")]);
  expect(usesOf(stacks)).toEqual([{ ...use, outputs: ["owners", "url"] }]);
});

it("tells of a contract that is asked for, and of which nothing is taken", () => {
  expect(usesOf(stacksWith(() => []))).toEqual([{ ...use, outputs: [] }]);
});

it("takes a contract that is passed on as a whole for all of it", () => {
  const [producer, reader] = stacksWith(() => []).sort((one, other) => other.id.localeCompare(one.id));
  if (producer === undefined || reader === undefined) throw new Error("there are two stacks");
  const output = { all: { value: "${data.terraform_remote_state.infra-queue-v2.outputs.queue_v2}" } };
  const whole = { id: reader.id, json: { ...reader.json, output } };
  expect(usesOf([producer, whole])).toEqual([{ ...use, outputs: "all" }]);
});

it("leaves out a state that is no stack's of those that it is given", () => {
  expect(usesOf(stacksWith(({ url }) => [url]).filter(({ id }) => id !== "dev-data"))).toEqual([]);
});

it("takes whoever asks at their word about whose a state is", () => {
  const [reader] = stacksWith(({ url }) => [url]).filter(({ id }) => id !== "dev-data");
  const producerOf = (backend: unknown) => (backend === "s3" ? "elsewhere" : undefined);
  expect(usesOf(reader === undefined ? [] : [reader], producerOf)).toEqual([
    { ...use, producer: "elsewhere", outputs: ["url"] },
  ]);
});

describe("what is used as it is deployed", () => {
  const deployed = { project: "k8s-platform", commit: "c0ffee", by: "arn" };
  const now = (outputs: ContractUse["outputs"]): ContractUse => ({ ...use, outputs });
  const then = (outputs: ContractUse["outputs"], more: Partial<ContractUse> = {}): ContractUse => ({
    ...now(outputs),
    deployed,
    ...more,
  });

  it.each<[string, ContractUse[], ContractUse[]]>([
    ["nothing where this checkout uses the same", [then(["key", "url"])], []],
    ["the outputs that this checkout uses no more", [then(["key", "zones"])], [then(["zones"])]],
    ["another version", [then([], { version: 1 })], [then([], { version: 1 })]],
    [
      "another consumer, of which this checkout knows nothing",
      [then([], { consumer: "x" })],
      [then([], { consumer: "x" })],
    ],
    ["all of it, beside parts", [then("all")], [then("all")]],
  ])("adds %s", (_, recorded, added) => {
    const current = [now(["key", "url"])];
    expect(withDeployed(current, recorded)).toEqual([...current, ...added]);
  });

  it("adds nothing to a contract that this checkout takes as a whole", () => {
    expect(withDeployed([now("all")], [then("all"), then(["url"])])).toEqual([now("all")]);
  });
});
