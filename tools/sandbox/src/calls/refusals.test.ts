import path from "node:path";
import { startJudge } from "../judge/server";
import { refusalLines, refusedSince } from "./refusals";
import type { RecordedRefusal } from "../judge/record";

const root = path.resolve(__dirname, "../../../..");
const account = "arn:aws:iam::111122223333";

const refusal = (more: Partial<RecordedRefusal>): RecordedRefusal => ({
  role: `${account}:role/demarc/test/storefront/test-b-app-storefront`,
  action: "sqs:SendMessage",
  resource: "arn:aws:sqs:eu-west-1:111122223333:pets",
  by: "identity policy",
  explicit: false,
  message: "User: …",
  at: "2026-01-01T00:00:00.000Z",
  ...more,
});
const bounds = `${account}:policy/demarc/demarc-eu-west-1-apps-shop`;
const asked =
  "  demarc/test/storefront/test-b-app-storefront: sqs:SendMessage on arn:aws:sqs:eu-west-1:111122223333:pets:";
const app = "    change packages/apps/storefront/src/app.ts";

it.each<[string, Partial<RecordedRefusal>, string, string]>([
  ["no policy at all", {}, "no identity policy allows it", app],
  ["a policy's silence", { policy: "permissions" }, "identity policy permissions does not allow it", app],
  [
    "a boundary's Deny",
    { by: "boundary", policy: bounds, explicit: true, statement: "Others" },
    `boundary ${bounds} denies it, by statement Others`,
    "    change packages/shared/src/iam/boundaries/apps.ts",
  ],
  ["a Deny of nobody's name", { explicit: true }, "some identity policy denies it", app],
])("tells who was refused what by %s, and where to change it", (_, more, why, change) => {
  expect(refusalLines(root, [refusal(more)])).toEqual([`${asked} ${why}`, change]);
});

it("tells of a role of somebody else's no file", () => {
  expect(refusalLines(root, [refusal({ role: `${account}:role/team/pets` })])).toHaveLength(1);
});

it("leaves out what was refused before, and tells nothing where no judge answers", async () => {
  const judge = await startJudge();
  const session = { layout: { root }, servers: { judgeUrl: judge.url } };
  const identity = { role: `${account}:role/team/pets`, session: "s", tags: {}, policies: [], boundary: null };
  const question = { action: "sqs:ListQueues", resources: [], context: {} };
  const call = { account: "111122223333", region: "eu-west-1", service: "sqs", operation: "ListQueues" };
  const body = JSON.stringify({ ...call, identity: { ...identity, sessionPolicy: null }, questions: [question] });
  await fetch(`${judge.url}/judge`, { method: "POST", body });
  expect(await refusedSince(Date.now() - 60_000, session)).toHaveLength(2);
  expect(await refusedSince(Date.now() + 60_000, session)).toEqual([]);
  await judge.close();
  expect(await refusedSince(0, session)).toEqual([]);
});
