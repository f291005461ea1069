import { findings } from "../testing/plan";

const [old, now] = ["aws_db_instance.database_1A2B3C4D", "aws_db_instance.store_5E6F7A8B"];
const before = { identifier: "dev", engine: "postgres" };
const renamed = { [old]: { before }, [now]: { after: before } };

it("gives the move to write, in one finding", () => {
  const found = findings(renamed);
  expect(found).toMatchObject([{ rule: "rename", address: old, reason: expect.stringContaining(now) }]);
  expect(found[0]?.allow).toContain(`moved { from = ${old}  to = ${now} }`);
  expect(found[0]?.allow).toContain(`moveFromId("${old}")`);
});

it("tells an app, whose stack may write no move, to keep the id", () => {
  const [found] = findings(renamed, "rename", { workspace: { name: "petstore", kind: "apps" } });
  expect(found?.allow).toContain("give the construct its old id again");
  expect(found?.allow).not.toContain("moved {");
});

it("pairs those of a type that have most in common, under the rule of what others stand on where they do", () => {
  const found = findings({
    "aws_subnet.a_1": { before: { cidr_block: "10.0.0.0/24" } },
    "aws_subnet.b_1": { before: { cidr_block: "10.0.1.0/24" } },
    "aws_subnet.c_1": { before: { cidr_block: "10.0.2.0/24" } },
    "aws_subnet.b_2": { after: { cidr_block: "10.0.1.0/24" } },
    "aws_subnet.a_2": { after: { cidr_block: "10.0.0.0/24" } },
  });
  expect(found.map(({ rule, address, reason }) => [rule, address, /aws_subnet\.\w+/.exec(reason)?.[0]])).toEqual([
    ["dependents", "aws_subnet.a_1", "aws_subnet.a_2"],
    ["dependents", "aws_subnet.b_1", "aws_subnet.b_2"],
    ["dependents", "aws_subnet.c_1", undefined],
  ]);
});

it("does not take another type, a replacement, or what holds nothing for a rename", () => {
  expect(findings({ "aws_db_instance.it": { before }, "aws_rds_cluster.it": { after: before } }, "rename")).toEqual([]);
  expect(findings({ [old]: { before, after: before, replacedBy: ["engine"] } }, "rename")).toEqual([]);
  expect(findings({ "aws_route.a": { before }, "aws_route.b": { after: before } })).toEqual([]);
});
