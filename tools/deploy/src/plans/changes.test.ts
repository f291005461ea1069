import { changesIn, summaryOf } from "./changes";

/** A plan as `terraform show -json` tells it, with what it says of each resource and output. */
function json(resources: readonly object[], outputs: object = {}): string {
  return JSON.stringify({ format_version: "1.2", resource_changes: resources, output_changes: outputs });
}

const changed = (actions: readonly string[], more: object = {}) => ({
  address: "aws_vpc.a",
  change: { actions, ...more },
});

it.each([
  [["create"], "create"],
  [["update"], "update"],
  [["delete"], "delete"],
  [["delete", "create"], "replace"],
  [["create", "delete"], "replace"],
  [["forget"], "forget"],
  [["create", "forget"], "create"],
])("%j is a %s", (actions, action) => {
  expect(changesIn(json([changed(actions)])).resources).toEqual([{ address: "aws_vpc.a", action }]);
});

it("tells what only comes into the state or gets another address, and nothing of what stays or is read", () => {
  const { resources } = changesIn(
    json([
      changed(["no-op"], { importing: { id: "vpc-1" } }),
      { ...changed(["no-op"]), address: "aws_vpc.b", previous_address: "aws_vpc.c" },
      changed(["no-op"]),
      changed(["read"]),
    ]),
  );
  expect(resources).toEqual([
    { address: "aws_vpc.a", action: "import" },
    { address: "aws_vpc.b", action: "move" },
  ]);
});

it("tells which outputs change, by name", () => {
  const outputs = { a: { actions: ["create"] }, b: { actions: ["no-op"] }, c: { actions: ["update"] } };
  const changes = changesIn(json([], outputs));
  expect(changes).toEqual({ resources: [], outputs: ["a", "c"] });
  expect(summaryOf(changes)).toBe("outputs alone: a, c");
});

it("tells first what is taken away", () => {
  const changes = changesIn(json([changed(["create"]), changed(["create"]), changed(["delete"]), changed(["update"])]));
  expect(summaryOf(changes)).toBe("1 to delete, 2 to create, 1 to update");
});

it("refuses what is no plan of a format that it knows", () => {
  expect(() => changesIn(JSON.stringify({ format_version: "2.0" }))).toThrow(/format_version/);
});
