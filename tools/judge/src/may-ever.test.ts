import { everAllowed, mayEver, UnanswerableError, type NamedPolicy } from "./index";

const policy = (statement: object): NamedPolicy => ({
  name: "own",
  policy: { Version: "2012-10-17", Statement: [{ Resource: "arn:aws:sqs:*:*:a", ...statement }] },
});
const allowing = (...Action: string[]) => policy({ Effect: "Allow", Action });

const SEND = "sqs:SendMessage";

it.each([
  ["a statement names it", [allowing("s3:GetObject", "sqs:SendMessage")], undefined, true],
  ["a pattern stands for it, in any case", [allowing("SQS:send*")], undefined, true],
  ["a star stands for it", [allowing("*")], undefined, true],
  ["all but others are allowed", [policy({ Effect: "Allow", NotAction: "s3:*" })], undefined, true],
  ["the boundary has it too", [allowing("sqs:*")], allowing("sqs:SendMessage"), true],
  ["nothing names it", [allowing("sqs:ReceiveMessage")], undefined, false],
  ["it is excepted", [policy({ Effect: "Allow", NotAction: "sqs:*" })], undefined, false],
  ["a Deny alone names it", [policy({ Effect: "Deny", Action: "sqs:*" })], undefined, false],
  ["the boundary lacks it", [allowing("sqs:*")], allowing("s3:*"), false],
  ["there are no policies", [], undefined, false],
])("where %s", async (_, identityPolicies, boundary, may) => {
  expect(await mayEver("sqs:SendMessage", { identityPolicies, ...(boundary && { boundary }) })).toBe(may);
});

it.each([
  ["its statements, patterns spelled out", [allowing("sqs:SendM*", "s3:GetObject")], undefined, ["s3:GetObject", SEND]],
  ["what its boundary has of them", [allowing("sqs:SendM*", "s3:GetObject")], allowing("sqs:*"), [SEND]],
  ["its boundary, where its own statements say everything", [allowing("*")], allowing("sqs:SendM*"), [SEND]],
  ["everything, where nothing bounds it", [allowing("*")], undefined, ["*"]],
  ["everything, where its boundary does not either", [allowing("*")], allowing("*"), ["*"]],
  ["nothing, where only a Deny speaks", [policy({ Effect: "Deny", Action: "sqs:*" })], undefined, []],
])("tells all that an actor may do: %s", async (_, identityPolicies, boundary, actions) => {
  expect(await everAllowed({ identityPolicies, ...(boundary && { boundary }) })).toEqual(actions);
});

it("takes no policy that AWS would not take", async () => {
  const identityPolicies = [policy({ Effect: "Perhaps", Action: "*" })];
  await expect(mayEver("sqs:SendMessage", { identityPolicies })).rejects.toThrow(UnanswerableError);
});
