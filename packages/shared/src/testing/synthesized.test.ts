import { SynthesizedStack } from ".";

it("a synthesized stack says so when there is not the one resource that a test means", () => {
  expect(() => new SynthesizedStack("s", {}).resource("aws_vpc")).toThrow("s has 0 of aws_vpc, not one");
});

describe("the ARN of a resource that a test means", () => {
  const stack = new SynthesizedStack("s", { resource: { aws_kms_key: { queue_key_1: {}, database_key_2: {} } } });

  it("is found by how its name begins", () => {
    expect(stack.arnOf("aws_kms_key", "queue_")).toBe("${aws_kms_key.queue_key_1.arn}");
  });

  it.each([
    ["aws_kms_key", "volume_", "s has 0 of aws_kms_key.volume_…, not one"],
    ["aws_kms_key", undefined, "s has 2 of aws_kms_key, not one"],
    ["aws_sqs_queue", undefined, "s has 0 of aws_sqs_queue, not one"],
  ])("is none where not one %s begins with %j", (type, prefix, message) => {
    expect(() => stack.arnOf(type, prefix)).toThrow(message);
  });
});
