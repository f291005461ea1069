import { type Allowance, parseAllowances, readAllowances } from "./allowances";
import { findings } from "./testing/plan";

const address = "aws_db_instance.it";
const allowance: Allowance = {
  rule: "state",
  stack: "dev-data",
  address,
  reason: "moved to Aurora",
  until: "2026-12-31",
};
const resources = { [address]: { before: { id: "a" } } };
const judged = (...allowances: Allowance[]) => findings(resources, undefined, { allowances });

describe("an allowance", () => {
  it("lets its finding pass, and tells why and until when", () => {
    expect(judged(allowance)).toMatchObject([
      { verdict: "allowed", allow: "allowed until 2026-12-31: moved to Aurora" },
    ]);
    expect(judged({ ...allowance, until: "2026-12-01" })).toMatchObject([{ verdict: "allowed" }]);
  });

  it("that has expired lets nothing pass, and is told as expired", () => {
    expect(judged({ ...allowance, until: "2026-11-30" })).toMatchObject([
      { verdict: "refused", allow: expect.stringContaining("expired on 2026-11-30") },
    ]);
  });

  it.each<[string, Partial<Allowance>]>([
    ["rule", { rule: "dependents" }],
    ["address", { address: "aws_db_instance.other" }],
  ])("of another %s lets nothing pass, and is told, without an error", (_, other) => {
    expect(judged({ ...allowance, ...other })).toMatchObject([{ verdict: "refused" }, { verdict: "told", allow: "" }]);
  });

  it("of another stack says nothing", () => {
    expect(judged({ ...allowance, stack: "prod-data" })).toMatchObject([{ verdict: "refused" }]);
  });
});

it("a refusal gives the line to write, and who reviews it", () => {
  const [lost] = judged();
  expect(lost?.allow).toContain(`{"rule":"state","stack":"dev-data","address":"${address}"`);
  expect(lost?.allow).toContain("allowances.json beside the workspace's package.json");
  const [dependents] = findings({ "aws_vpc.it": { before: { id: "a" } } });
  expect(dependents?.allow).toContain("packages/shared/allowances.json");
});

it("tells all that is wrong with a file at once", () => {
  const wrong = [
    { ...allowance, until: "2026-02-30", address: "aws_db_instance.*" },
    { ...allowance, rule: "permissions", reason: " " },
    { ...allowance, rule: "everything", by: "me" },
  ];
  const parse = () => parseAllowances("packages/infra/allowances.json", wrong, "workspace");
  for (const part of ["0.until", "0.address", "1.reason", "2.rule", '"by" is not known']) expect(parse).toThrow(part);
});

it("takes each rule in the file of those who review it alone", () => {
  const shared = { ...allowance, rule: "permissions" as const };
  expect(() => parseAllowances("f", [shared], "workspace")).toThrow("packages/shared/allowances.json");
  expect(() => parseAllowances("f", [allowance], "shared")).toThrow("beside its workspace's package.json");
  expect(parseAllowances("f", [shared], "shared")).toEqual([shared]);
  expect(parseAllowances("f", [allowance], "workspace")).toEqual([allowance]);
});

it("takes no file for no allowances", () => {
  expect(readAllowances("f", "/nowhere/allowances.json", "shared")).toEqual([]);
});
