import { type Caller, judgedWrites, neverCalled } from "./calls";

const allowing = (name: string, ...Action: string[]) => ({
  name,
  document: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] }),
});

const call = (action: string, more: Partial<Caller["calls"][number]> = {}): Caller["calls"][number] => ({
  ...{ service: "route53", operation: action.split(":")[1] ?? "", action },
  ...{ writes: true, outcome: "allowed", count: 1 },
  ...more,
});

const caller: Caller = {
  role: "arn:aws:iam::111122223333:role/test/dns",
  policies: [allowing("own", "route53:ListHostedZones*", "route53:GetChange", "sqs:*")],
  boundary: allowing("bounds", "route53:*"),
  calls: [call("route53:ListHostedZones")],
};

it("tells what a role may do inside its boundary, and did not", async () => {
  expect(await neverCalled(caller)).toEqual([
    "route53:GetChange",
    "route53:ListHostedZonesByName",
    "route53:ListHostedZonesByVPC",
  ]);
  expect(await neverCalled({ ...caller, policies: [allowing("all", "*")], boundary: null })).toEqual(["*"]);
});

it("counts calls that write, and those of them that were judged", () => {
  const calls = [
    call("sqs:SendMessage", { count: 6 }),
    call("sqs:CreateQueue", { outcome: "refused", count: 3 }),
    call("sqs:Think", { outcome: "unjudged", reason: "AWS has no such action" }),
    call("sqs:ListQueues", { writes: false, outcome: "unjudged", count: 90 }),
  ];
  expect(judgedWrites([{ ...caller, calls }])).toEqual({ writes: 10, judged: 9 });
});
