import { readPlan } from "@demarc/gate";
import { type GivenPlan, planText } from "@demarc/gate/testing";
import { fingerprintOf } from "./fingerprint";

const of = (given: GivenPlan) => fingerprintOf(readPlan("dev-data", planText(given)));

const plan: GivenPlan = {
  resources: { "aws_sqs_queue.queue": { before: { name: "a", delay: 1 }, after: { name: "a", delay: 2 } } },
  outputs: { data_v1: { before: { arn: "a" }, after: { arn: "b" } } },
};

it("is the same for what does the same, in whatever order, and beside whatever stays", () => {
  expect(
    of({
      resources: {
        "aws_kms_key.key": { before: { id: "k" }, after: { id: "k" } },
        "aws_sqs_queue.queue": { before: { delay: 1, name: "a" }, after: { delay: 2, name: "a" } },
      },
      outputs: { same: { before: { a: 1 }, after: { a: 1 } }, ...plan.outputs },
    }),
  ).toBe(of(plan));
});

it.each([
  ["another value", { "aws_sqs_queue.queue": { before: { name: "a", delay: 1 }, after: { name: "a", delay: 3 } } }],
  ["another beginning", { "aws_sqs_queue.queue": { before: { name: "a", delay: 0 }, after: { name: "a", delay: 2 } } }],
  ["another action", { "aws_sqs_queue.queue": { before: { name: "a", delay: 1 } } }],
  ["another address", { "aws_sqs_queue.other": { before: { name: "a", delay: 1 }, after: { name: "a", delay: 2 } } }],
  ["one more resource", { ...plan.resources, "aws_kms_key.key": { after: { id: "k" } } }],
])("is another one for %s", (_, resources) => {
  expect(of({ ...plan, resources })).not.toBe(of(plan));
});

it("is another one for another value of an output", () => {
  expect(of({ ...plan, outputs: { data_v1: { before: { arn: "a" }, after: { arn: "c" } } } })).not.toBe(of(plan));
});
