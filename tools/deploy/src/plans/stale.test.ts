import { dev } from "@demarc/shared/testing";
import type { SavedPlan, StackPlan } from "./saved-plan";
import { planCommand, staleness } from "./stale";

const version = { lineage: "7f1c", serial: 4 };
const stack: StackPlan = {
  id: "dev-network",
  project: "infra",
  team: "infra",
  state: { kind: "local", path: "network.tfstate" },
  version,
  after: [],
  resources: [],
  outputs: [],
  uses: [],
  folder: "0".repeat(64),
};
const plan: SavedPlan = {
  format: 1,
  environment: "dev",
  account: dev.account,
  madeAt: "2026-01-01T00:00:00.000Z",
  expiresAt: "2026-01-02T00:00:00.000Z",
  terraform: "1.11.4",
  stacks: [stack],
  unchanged: [],
  later: [],
};
const present = {
  environment: dev,
  now: new Date("2026-01-01T12:00:00Z"),
  terraform: "1.11.4",
  versionOf: () => Promise.resolve<typeof version | undefined>(version),
};

it("finds nothing wrong with a plan whose world is as it was", async () => {
  expect(await staleness(plan, present)).toEqual([]);
});

it.each([
  [{ now: new Date("2026-01-02T00:00:01Z") }, "The plan was made at 2026-01-01T00:00:00.000Z, and its time is over."],
  [{ terraform: "1.12.0" }, "The plan was made by Terraform 1.11.4, and here is 1.12.0."],
  [
    { environment: { ...dev, account: "210987654321" } },
    `The plan is of account ${dev.account}, and dev is of 210987654321.`,
  ],
  [
    { versionOf: () => Promise.resolve({ ...version, serial: 5 }) },
    "The state of dev-network moved on: serial 4 of 7f1c was planned, and serial 5 of 7f1c is there.",
  ],
  [
    { versionOf: () => Promise.resolve({ ...version, lineage: "8a2d" }) },
    "The state of dev-network moved on: serial 4 of 7f1c was planned, and serial 4 of 8a2d is there.",
  ],
  [
    { versionOf: () => Promise.resolve(undefined) },
    "The state of dev-network moved on: serial 4 of 7f1c was planned, and none is there.",
  ],
])("tells what is another: %j", async (other, sentence) => {
  expect(await staleness(plan, { ...present, ...other })).toEqual([sentence]);
});

it("takes a state that came into being for one that moved on", async () => {
  const { version: _, ...first } = stack;
  expect(await staleness({ ...plan, stacks: [first] }, present)).toEqual([
    "The state of dev-network moved on: none was planned, and serial 4 of 7f1c is there.",
  ]);
});

it("tells the command that makes another one", () => {
  expect(planCommand({ environment: "dev", cluster: "b" })).toBe("npm run plan -- dev --cluster b");
});
