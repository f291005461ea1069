import { gatePlan } from "../gate";
import { context, type GivenChange, planOf } from "../testing/plan";
import type { ContractUse } from "../uses";

const use: ContractUse = {
  ...{ consumer: "dev-a-petstore", team: "pets", producer: "dev-data", contract: "data", version: 1 },
  outputs: ["queueArn", "subnets"],
};
const before = { queueArn: "arn:aws:sqs:eu-west-1:123456789012:q", subnets: ["a", "b"], secret: "hunter2" };

const found = (output: GivenChange, uses: readonly ContractUse[] = [use], name = "data_v1") =>
  gatePlan(planOf({ outputs: { [name]: output } }), { ...context, uses });

it.each<[string, GivenChange, string]>([
  ["goes", { before, after: { subnets: ["a", "b"] } }, "queueArn would go"],
  ["is another value", { before, after: { ...before, queueArn: "another" } }, "queueArn would be another value"],
  ["is known after the apply", { before, after: {}, unknown: { queueArn: true, subnets: [false, false] } }, "queueArn"],
  ["loses an entry of its list", { before, after: { ...before, subnets: ["b"] } }, "subnets would be another value"],
])("refuses that an output which is used %s, and names who uses it", (_, change, reason) => {
  const [first] = found(change);
  expect(first).toMatchObject({ rule: "contract", address: "output.data_v1", verdict: "refused" });
  expect(first?.reason).toContain(reason);
  expect(first?.reason).toContain("dev-a-petstore of team pets");
  expect(JSON.stringify(first)).not.toMatch(/hunter2|arn:aws|another"/);
});

it("refuses that a version goes which is asked for, though nothing is taken of it", () => {
  expect(found({ before }, [{ ...use, outputs: [] }])).toMatchObject([
    { reason: expect.stringContaining("dev-a-petstore") },
  ]);
});

describe("a consumer that uses it only as it is deployed", () => {
  const deployed = { project: "petstore", commit: "0123456789abcdef", by: "arn:aws:iam::123456789012:user/ada" };
  const old: ContractUse = { ...use, deployed };

  it.each<[string, GivenChange, string]>([
    ["an output", { before, after: { subnets: ["a", "b"] } }, "queueArn would go, which"],
    ["the version", { before }, "version would go while it is in use:"],
  ])("is named with its deploy where %s goes, and is deployed first", (_, change, reason) => {
    const [first, ...others] = found(change, [old]);
    expect(others).toEqual([]);
    expect(first?.reason).toContain(reason);
    expect(first?.reason).toContain(
      "petstore (dev-a-petstore) of team pets, deployed from 0123456789ab by arn:aws:iam::123456789012:user/ada, uses",
    );
    expect(first?.allow).toMatch(
      /^Deploy petstore first, or destroy it: this checkout does not use it any more\. Or allow it/,
    );
  });

  it("is not the only one to move where this checkout uses it too", () => {
    const [first] = found({ before }, [old, { ...use, consumer: "dev-a-shop" }]);
    expect(first?.allow).toMatch(/^Serve it until its consumers have moved\./);
  });

  it("may have been deployed from what nobody committed", () => {
    const [first] = found({ before }, [{ ...use, deployed: { ...deployed, commit: undefined } }]);
    expect(first?.reason).toContain("deployed from what was not committed by arn:");
  });
});

it("says of a value that nobody knows yet that it is another one, and does not call it gone", () => {
  const change = { before, after: { subnets: ["a", null] }, unknown: { queueArn: true, subnets: [false, true] } };
  const [first] = found(change);
  for (const name of use.outputs)
    expect(first?.reason).toContain(`${name} would be another value, which is known after`);
  expect(found({ before, unknown: true as never, actions: ["update"] })).toHaveLength(1);
});

it("takes a use of the whole contract for a use of all", () => {
  expect(found({ before, after: { ...before, secret: "x" } }, [{ ...use, outputs: "all" }])).toHaveLength(1);
});

it.each<[string, GivenChange, (readonly ContractUse[])?, string?]>([
  ["what nobody uses may go", { before, after: { queueArn: before.queueArn, subnets: before.subnets } }],
  ["a list may grow at its end", { before, after: { ...before, subnets: ["a", "b", "c"] } }],
  ["a new output", { before, after: { ...before, more: "x" } }],
  ["a new version", { after: before }],
  ["another version", { before }, [use], "data_v2"],
  ["another stack's contract", { before }, [{ ...use, producer: "prod-data" }]],
])("lets pass: %s", (_, change, uses, name) => {
  expect(found(change, uses, name)).toEqual([]);
});

it("lets a map gain keys, and no key change", () => {
  const map = { before: { subnets: { a: "1" } }, after: { subnets: { a: "1", b: "2" } } };
  expect(found(map)).toEqual([]);
  expect(found({ ...map, after: { subnets: { a: "2" } } })).toHaveLength(1);
});
