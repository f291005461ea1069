import { everAllowed, UnanswerableError, type NamedPolicy } from "./index";

const policy = (...statements: readonly object[]): NamedPolicy => ({
  name: "own",
  policy: {
    Version: "2012-10-17",
    Statement: statements.map((statement) => ({ Effect: "Allow", Resource: "arn:aws:sqs:*:*:a", ...statement })),
  },
});
const allowing = (...Action: string[]) => policy({ Action });
const excepting = (NotAction: string) => policy({ NotAction });
const denying = (Action: string) => policy({ Effect: "Deny", Action });
const unfit = policy({ Effect: "Perhaps", Action: "*" });

const SEND = "sqs:SendMessage";

it.each([
  ["its statements, patterns spelled out", [allowing("sqs:SendM*", "s3:GetObject")], undefined, ["s3:GetObject", SEND]],
  ["its patterns, in any case", [allowing("SQS:sendm*")], undefined, [SEND]],
  ["what its boundary has of them", [allowing("sqs:SendM*", "s3:GetObject")], allowing("sqs:*"), [SEND]],
  ["what its boundary names, in any case", [allowing("sqs:*")], allowing("SQS:sendmessage"), [SEND]],
  [
    "what any statement of its boundary has",
    [allowing("sqs:SendM*")],
    policy({ Action: "s3:*" }, { Action: SEND }),
    [SEND],
  ],
  ["all of them, where its boundary allows everything", [allowing("sqs:SendM*")], allowing("*"), [SEND]],
  ["its boundary, where its own statements say everything", [allowing("*")], allowing("sqs:SendM*"), [SEND]],
  ["everything, where nothing bounds it", [allowing("*")], undefined, ["*"]],
  ["everything, where its boundary does not either", [allowing("*")], allowing("*"), ["*"]],
  ["what its boundary does not except", [allowing("sqs:SendM*", "s3:GetObject")], excepting("S3:get*"), [SEND]],
  ["nothing, where its boundary excepts it", [allowing(SEND)], excepting("sqs:*"), []],
  ["nothing, where its boundary excepts everything", [allowing(SEND)], excepting("*"), []],
  ["nothing, where its boundary lacks it", [allowing("sqs:*")], allowing("s3:*"), []],
  ["nothing, where its boundary allows nothing", [allowing("sqs:*")], denying("s3:*"), []],
  ["nothing of everything, where its boundary allows nothing", [allowing("*")], denying("s3:*"), []],
  ["nothing, where only a Deny speaks", [denying("sqs:*")], undefined, []],
  ["nothing, where its own statement only excepts", [excepting("s3:*")], undefined, []],
  ["nothing, where there are no policies", [], undefined, []],
])("tells all that an actor may do: %s", async (_, identityPolicies, boundary, actions) => {
  expect(await everAllowed({ identityPolicies, ...(boundary && { boundary }) })).toEqual(actions);
});

it.each([
  ["of its own", [allowing("*"), unfit], undefined],
  ["that bounds it", [allowing("sqs:*")], unfit],
  ["that bounds one that may do everything", [allowing("*")], unfit],
])("takes no policy %s that AWS would not take", async (_, identityPolicies, boundary) => {
  const answer = everAllowed({ identityPolicies, ...(boundary && { boundary }) });
  await expect(answer).rejects.toThrow(UnanswerableError);
});
