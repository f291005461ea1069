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

it("is the same where AWS changed meanwhile what the plan does not touch, also of what goes", () => {
  const at = (time: string): GivenPlan => ({
    resources: {
      "aws_db_instance.changed": {
        before: { id: "a", size: 1, restorable: time },
        after: { id: "a", size: 2, restorable: time },
      },
      "aws_db_instance.gone": { before: { id: "b", restorable: time } },
    },
  });
  expect(of(at("10:00"))).toBe(of(at("10:05")));
});

it("is another one where another one goes under the same address, and for what is known after the apply only", () => {
  const gone = (id: string): GivenPlan => ({ resources: { "aws_db_instance.gone": { before: { id } } } });
  expect(of(gone("a"))).not.toBe(of(gone("b")));
  const update = { before: { name: "a", arn: "b" }, after: { name: "c", arn: "b" } };
  const known: GivenPlan = { resources: { "aws_sqs_queue.queue": update } };
  const unknown: GivenPlan = { resources: { "aws_sqs_queue.queue": { ...update, unknown: { arn: true } } } };
  expect(of(known)).not.toBe(of(unknown));
});

it("is another one for another value of an output", () => {
  expect(of({ ...plan, outputs: { data_v1: { before: { arn: "a" }, after: { arn: "c" } } } })).not.toBe(of(plan));
});
