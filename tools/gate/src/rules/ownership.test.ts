import { findings } from "../testing/plan";

const app = { workspace: { name: "petstore", kind: "apps" } } as const;

it("refuses what belongs to another workspace, and says whose it is", () => {
  expect(findings({ "aws_vpc.it": { after: { cidr_block: "10.0.0.0/16" } } }, "ownership", app)).toMatchObject([
    { address: "aws_vpc.it", reason: expect.stringContaining("petstore may not make aws_vpc; it belongs to infra") },
  ]);
  expect(findings({ "helm_release.it": { before: { a: 1 }, after: { a: 2 } } }, "ownership")).toHaveLength(1);
  expect(findings({ "google_thing.it": { after: {} } }, "ownership")).toMatchObject([
    { reason: expect.stringContaining("no workspace may") },
  ]);
});

it("refuses to take over what belongs to another workspace", () => {
  const vpc = { before: { id: "a" }, after: { id: "a" } };
  expect(findings({ "aws_vpc.it": { ...vpc, imported: true } }, "ownership", app)).toHaveLength(1);
});

it("goes by the environment's exposures", () => {
  const link = { "aws_api_gateway_rest_api.it": { after: {} } };
  expect(findings(link, "ownership", app)).toHaveLength(1);
});

it("lets its own pass, what stays as it is, what Terraform forgets, and what is taken away", () => {
  expect(findings({ "aws_vpc.it": { after: {} } }, "ownership")).toEqual([]);
  const before = { id: "a" };
  const others = {
    "aws_vpc.a": { before, after: before },
    "aws_vpc.b": { before, actions: ["forget"] },
    "aws_vpc.c": { before },
  };
  expect(findings(others, "ownership", app)).toEqual([]);
});
