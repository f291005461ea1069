import path from "node:path";
import type { RecordedCalls } from "../judge/record";
import { callFaults } from "./refused";

const root = path.resolve(__dirname, "../../../..");
const role = "arn:aws:iam::111122223333:role/demarc/test/storefront/test-a-app-storefront";
const action = "sqs:SendMessage";
const provoked = [{ role, action }];

const refusal = (more: Partial<RecordedCalls["refusals"][number]> = {}): RecordedCalls["refusals"][number] => ({
  ...{ role, action, resource: "arn:aws:sqs:eu-west-1:111122223333:pets", by: "identity policy", explicit: false },
  ...{ message: "User: …", at: "2026-01-01T00:00:00.000Z", ...more },
});

const faults = (refusals: RecordedCalls["refusals"], expected = provoked, roles: RecordedCalls["roles"] = []) =>
  callFaults(root, { roles, refusals }, expected);

it("is content with what was provoked, each once", () => {
  expect(faults([refusal()])).toEqual([]);
  expect(faults([], [])).toEqual([]);
});

it.each([
  ["another action", { action: "sqs:DeleteQueue" }, "sqs:DeleteQueue on"],
  ["another role", { role: `${role}-worker` }, "app-storefront-worker: sqs:SendMessage"],
  ["the same of another resource", { resource: "arn:aws:sqs:eu-west-1:111122223333:shop" }, ":shop: no identity"],
])("finds what nobody provoked: %s", (_, more, told) => {
  expect(faults([refusal(), refusal(more)])).toEqual(expect.arrayContaining([expect.stringContaining(told)]));
});

it("finds what was provoked and let in", () => {
  expect(faults([])).toEqual([`${role} was not refused sqs:SendMessage`]);
});

it("finds what was served and not judged", () => {
  const call = { service: "sqs", operation: "Think", action: "sqs:Think", writes: false, count: 1 };
  const calls = [
    { ...call, outcome: "unjudged" as const, reason: "nobody knows" },
    { ...call, outcome: "allowed" as const },
  ];
  expect(faults([], [], [{ role, policies: [], boundary: null, calls }])).toEqual([
    `${role}: sqs:Think was served, not judged: nobody knows`,
  ]);
});
