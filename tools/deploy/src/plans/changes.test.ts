import type { Plan } from "@demarc/gate";
import { type Changes, changesIn, summaryOf } from "./changes";

type ResourceChange = Plan["changes"][number];

function changed(actions: readonly string[], more: Partial<ResourceChange> = {}): ResourceChange {
  return {
    address: "aws_vpc.a",
    type: "aws_vpc",
    movedFrom: undefined,
    actions,
    before: undefined,
    after: undefined,
    unknown: {},
    sensitive: [],
    forcedBy: [],
    isImported: false,
    ...more,
  };
}

function changes(resources: readonly ResourceChange[], outputs: Readonly<Record<string, string>> = {}): Changes {
  const output = (action: string) => ({ actions: [action], before: undefined, after: undefined, unknown: false });
  return changesIn({
    changes: resources,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, action]) => [name, output(action)])),
  });
}

it.each([
  [["create"], "create"],
  [["update"], "update"],
  [["delete"], "delete"],
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
  [["forget"], "forget"],
  [["create", "forget"], "create"],
])("%j is a %s", (actions, action) => {
  expect(changes([changed(actions)]).resources).toEqual([{ address: "aws_vpc.a", action }]);
});

it("tells what only comes into the state or gets another address, and nothing of what stays", () => {
  const { resources } = changes([
    changed(["no-op"], { isImported: true }),
    changed(["no-op"], { address: "aws_vpc.b", movedFrom: "aws_vpc.c" }),
    changed(["no-op"]),
  ]);
  expect(resources).toEqual([
    { address: "aws_vpc.a", action: "import" },
    { address: "aws_vpc.b", action: "move" },
  ]);
});

it("tells which outputs change, by name", () => {
  const found = changes([], { a: "create", b: "no-op", c: "update" });
  expect(found).toEqual({ resources: [], outputs: ["a", "c"] });
  expect(summaryOf(found)).toBe("outputs alone: a, c");
});

it("tells first what is taken away", () => {
  const found = changes([changed(["create"]), changed(["create"]), changed(["delete"]), changed(["update"])]);
  expect(summaryOf(found)).toBe("1 to delete, 2 to create, 1 to update");
});
