import { readFileSync } from "node:fs";
import path from "node:path";
import { UNJUDGED_WRITES, unjudgedWrites } from "./unjudged";

const readme = readFileSync(path.resolve(__dirname, "../../../../README.md"), "utf8");

it("the README names each action of dev that is not judged", () => {
  const [, named = ""] = /not judged of what `dev` writes: ([^|]*?) *\|/.exec(readme) ?? [];
  expect(named).toBe(UNJUDGED_WRITES.length === 0 ? "nothing" : UNJUDGED_WRITES.join(", "));
});

it("an action is named once, where it writes and was not judged", () => {
  const call = { service: "sqs", operation: "Think", action: "sqs:Think", writes: true, count: 1 };
  const calls = [
    { ...call, outcome: "unjudged" as const, reason: "a" },
    { ...call, outcome: "unjudged" as const, reason: "b" },
    { ...call, action: "sqs:Look", writes: false, outcome: "unjudged" as const },
    { ...call, action: "sqs:Send", outcome: "allowed" as const },
  ];
  expect(unjudgedWrites([{ role: "r", policies: [], boundary: null, calls }])).toEqual(["sqs:Think"]);
});
