import { readPlan } from "@demarc/gate";
import { planText } from "@demarc/gate/testing";
import { deployableStack } from "@demarc/deploy/testing";
import * as deploy from "@demarc/deploy";
import { contractChanges } from "./contract-changes";

const placed = { id: "dev-dns", stack: deployableStack({ id: "dev-dns" }) };

/** What is told of a plan of dev-dns that changes the contract from the one to the other. */
function told(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  outputs: readonly string[] | "all" = ["zoneId"],
) {
  const plan = readPlan(
    "dev-dns",
    planText({ outputs: { dns_v1: { before, after }, other: { before: { a: 1 }, after: { a: 2 } } } }),
  );
  const use = {
    consumer: "dev-a-tenancy",
    team: "platform",
    producer: "dev-dns",
    contract: "dns",
    version: 1,
    outputs,
  };
  vi.spyOn(deploy, "usesIn").mockReturnValue([use, { ...use, consumer: "dev-b-tenancy", version: 2 }]);
  return contractChanges({ found: [{ placed, plan }], graph: {} } as never);
}

afterEach(() => {
  vi.restoreAllMocks();
});

it("names what of a contract changes, and who uses that, and tells no value", () => {
  const changes = told({ zoneId: "a", gone: 1, same: 2 }, { zoneId: "hunter2", same: 2, added: 3 });
  expect(changes).toEqual([
    {
      stack: "dev-dns",
      contract: "dns",
      version: 1,
      outputs: [
        { name: "added", change: "new" },
        { name: "gone", change: "gone" },
        { name: "zoneId", change: "changed" },
      ],
      users: [{ stack: "dev-a-tenancy", team: "platform", outputs: ["zoneId"] }],
    },
  ]);
  expect(JSON.stringify(changes)).not.toContain("hunter2");
});

it("names nobody who uses only what stays, and what changes for whoever takes all of it", () => {
  expect(told({ zoneId: "a", zoneArn: "b" }, { zoneId: "a", zoneArn: "c" })[0]?.users).toEqual([]);
  const [change] = told({ zoneId: "a", zoneArn: "b" }, { zoneId: "a", zoneArn: "c" }, "all");
  expect(change?.users).toEqual([{ stack: "dev-a-tenancy", team: "platform", outputs: ["zoneArn"] }]);
});
