import { allowing, onlyOn, SynthesizedStack } from ".";

const stack = (...statements: unknown[]) =>
  new SynthesizedStack("s", {
    resource: { aws_iam_policy: { p: { policy: JSON.stringify({ Statement: statements }) } } },
  });

describe("allowing", () => {
  it("finds an action behind a wildcard, and on what", () => {
    const synth = stack(
      { Effect: "Allow", Action: "sqs:Send*", Resource: ["arn:b", "arn:a"] },
      { Effect: "Allow", Action: ["s3:*"], Resource: "*" },
      { Effect: "Deny", Action: ["sqs:SendMessage"], Resource: "*" },
    );
    expect(allowing(synth, "sqs:SendMessage")).toEqual([onlyOn("arn:a", "arn:b")]);
    expect(allowing(synth, "sqs:DeleteQueue")).toEqual([]);
  });

  it("shows the condition, so that a test cannot overlook it", () => {
    const condition = { StringEquals: { a: "b" } };
    const synth = stack({ Effect: "Allow", Action: "a:b", Resource: "*", Condition: condition });
    expect(allowing(synth, "a:b")).toEqual([{ ...onlyOn("*"), condition }]);
  });
});

describe("a synthesized stack", () => {
  it("says so when there is not the one resource that a test means", () => {
    expect(() => stack().resource("aws_vpc")).toThrow("s has 0 of aws_vpc, not one");
  });
});
