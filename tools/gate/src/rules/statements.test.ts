import { policy } from "../testing/plan";
import { isAdministrators, isCovered, isPublic, shown, statementsIn } from "./statements";

const read = (...statements: Record<string, unknown>[]) => statementsIn(policy(...statements)) ?? [];
const get = { Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::b/a" };
const when = (Condition: object) => ({ ...get, Condition });

function covered(one: Record<string, unknown>, ...others: Record<string, unknown>[]): boolean {
  return read(one).every((statement) => isCovered(statement, read(...others)));
}

it.each<[string, Record<string, unknown>, Record<string, unknown>[]]>([
  ["itself", get, [get]],
  ["a list of one", get, [{ ...get, Action: ["s3:GetObject"], Sid: "other" }]],
  ["wildcards", get, [{ ...get, Action: "s3:Get*", Resource: "*" }]],
  ["two together", { ...get, Action: ["s3:GetObject", "s3:PutObject"] }, [get, { ...get, Action: "s3:PutObject" }]],
  ["fewer conditions", when({ StringEquals: { "aws:PrincipalTag/team": "pets" } }), [get]],
  ["more values", when({ StringEquals: { k: "a" } }), [when({ StringEquals: { k: ["a", "b"] } })]],
  ["keys in other letters", when({ StringEquals: { "AWS:x": "a" } }), [when({ stringequals: { "aws:X": ["a"] } })]],
  ["everybody", { ...get, Principal: { AWS: "arn:x" } }, [{ ...get, Principal: "*" }]],
  [
    "the same exception",
    { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
    [{ Effect: "Allow", NotAction: ["iam:*"], Resource: "*" }],
  ],
  [
    "everything",
    { Effect: "Allow", NotAction: "iam:*", Resource: "*" },
    [{ Effect: "Allow", Action: "*", Resource: "*" }],
  ],
])("is covered by %s", (_, one, others) => {
  expect(covered(one, ...others)).toBe(true);
});

it.each<[string, Record<string, unknown>, Record<string, unknown>[]]>([
  ["nothing", get, []],
  ["another action", get, [{ ...get, Action: "s3:PutObject" }]],
  ["another resource", get, [{ ...get, Resource: "arn:aws:s3:::b/b" }]],
  ["narrower patterns", { ...get, Action: "s3:*" }, [{ ...get, Action: "s3:Get*" }]],
  [
    "action and resource in two that do not go together",
    { ...get, Resource: ["x", "y"], Action: ["a:b", "a:c"] },
    [
      { ...get, Action: "a:b", Resource: "x" },
      { ...get, Action: "a:c", Resource: "y" },
    ],
  ],
  ["one under a condition", get, [when({ StringEquals: { k: "a" } })]],
  ["one under another value", when({ StringEquals: { k: "b" } }), [when({ StringEquals: { k: "a" } })]],
  ["fewer exceptions", when({ StringNotEquals: { k: "a" } }), [when({ StringNotEquals: { k: ["a", "b"] } })]],
  ["a Deny", get, [{ ...get, Effect: "Deny" }]],
  ["one with exceptions", get, [{ Effect: "Allow", NotAction: "s3:PutObject", Resource: "*" }]],
  [
    "one with exceptions of another element",
    { ...get, Resource: undefined },
    [{ ...get, Resource: undefined, NotResource: "x" }],
  ],
  ["other principals", { ...get, Principal: { AWS: "arn:y" } }, [{ ...get, Principal: { AWS: "arn:x" } }]],
  ["a principal of another kind", { ...get, Principal: { AWS: "x" } }, [{ ...get, Principal: { Service: "x" } }]],
])("is not covered by %s", (_, one, others) => {
  expect(covered(one, ...others)).toBe(false);
});

it.each<[boolean, Record<string, unknown>]>([
  [true, { ...get, Principal: "*" }],
  [true, { ...get, Principal: { AWS: ["*", "arn:x"] } }],
  [true, { ...get, Principal: "*", Condition: { StringLike: { "aws:SourceArn": "arn:aws:s3:::*" } } }],
  [true, { ...get, Principal: "*", Condition: { StringNotEquals: { "aws:SourceAccount": "123456789012" } } }],
  [true, { ...get, Principal: "*", Condition: { StringEqualsIfExists: { "aws:SourceAccount": "123456789012" } } }],
  [true, { ...get, Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }],
  [false, { ...get, Principal: "*", Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } }],
  [
    false,
    {
      ...get,
      Principal: "*",
      Condition: { ArnLike: { "aws:SourceArn": "arn:aws:eks:eu-west-1:123456789012:cluster/*" } },
    },
  ],
  [false, { ...get, Principal: { AWS: "arn:aws:iam::123456789012:root" } }],
  [false, { ...get, Principal: { Service: "sqs.amazonaws.com" } }],
  [false, { ...get, Effect: "Deny", Principal: "*" }],
])("lets in the world: %s (%j)", (expected, statement) => {
  expect(read(statement).some(isPublic)).toBe(expected);
});

it.each<[boolean, Record<string, unknown>]>([
  [true, { Effect: "Allow", Action: ["*"], Resource: "*" }],
  [true, { Effect: "Allow", NotAction: "iam:*", Resource: "*" }],
  [false, { Effect: "Allow", Action: "ec2:*", Resource: "*" }],
  [false, { Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::b" }],
  [false, { Effect: "Deny", Action: "*", Resource: "*" }],
])("makes an administrator: %s (%j)", (expected, statement) => {
  expect(read(statement).some(isAdministrators)).toBe(expected);
});

it("is shown without the values of its conditions", () => {
  const [statement] = read({ ...when({ StringEquals: { "sts:ExternalId": "hunter2" } }), Principal: { AWS: "arn:x" } });
  expect(statement && shown(statement)).toBe(
    "Allow s3:GetObject on arn:aws:s3:::b/a to AWS:arn:x where sts:externalid",
  );
});

it("are none in what is no document", () => {
  expect(statementsIn("{")).toBeUndefined();
  expect(statementsIn("[]")).toBeUndefined();
  expect(statementsIn('{"Statement": ["a"]}')).toBeUndefined();
  expect(statementsIn('{"Statement": [], "Statement": [{}]}')).toBeUndefined();
  expect(statementsIn('{"Version": "2012-10-17"}')).toEqual([]);
  expect(statementsIn(undefined)).toEqual([]);
});
