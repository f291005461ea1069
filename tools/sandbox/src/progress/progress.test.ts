import { Progress, type StackProgress } from "./stack-progress";

const log = `dev-dns  Initializing the backend...
dev-dns  Successfully configured the backend "s3"! Terraform will automatically
         use this backend unless the backend configuration changes.
dev-network  Initializing the backend...
dev-network  Terraform used the selected providers to generate the following execution plan.
dev-network    # aws_vpc.vpc (vpc) will be created
                 + resource "aws_vpc" "vpc" {
             Plan: 2 to add, 1 to change, 0 to destroy.
dev-network  aws_vpc.vpc (vpc): Creating...
             aws_subnet.a["x y"] (subnets/a): Creating...
dev-network  aws_vpc.vpc (vpc): Still creating... [10s elapsed]
dev-network  aws_vpc.vpc (vpc): Creation complete after 11s [id=vpc-1]`.split("\n");

function after(lines: readonly string[], stack = "dev-network"): StackProgress {
  const progress = new Progress(stack);
  for (const [second, line] of lines.entries()) progress.read(line, second);
  return progress.stack;
}

it("counts what the plan changes and what is done, and knows what is at work", () => {
  expect(after(log)).toMatchObject({
    phase: "changing",
    total: 3,
    changed: 1,
    atWork: [`aws_subnet.a["x y"]`],
    started: 4,
  });
});

it("keeps stacks apart whose lines come mixed", () => {
  expect(after(log, "dev-dns")).toMatchObject({ phase: "initializing", total: 0 });
});

it("sees a stack done, with and without changes", () => {
  const lines = [...log, "dev-network", "             Apply complete! Resources: 2 added, 1 changed, 0 destroyed."];
  const unchanged = [
    "dev-dns  No changes. Your infrastructure matches the configuration.",
    "dev-dns  Apply complete! Resources: 0 added",
  ];
  expect(after([...lines, ...unchanged])).toMatchObject({ phase: "done", ended: 13, changed: 1 });
  expect(after([...lines, ...unchanged], "dev-dns")).toMatchObject({ phase: "done", ended: 15, changed: 0 });
});

it("counts what is destroyed and imported", () => {
  const lines = [
    "dev-network  Initializing the backend...",
    "dev-network  Plan: 1 to import, 0 to add, 0 to change, 1 to destroy.",
    "dev-network  aws_s3_bucket.b (b): Importing... [id=b]",
    "             aws_s3_bucket.b (b): Import complete [id=b]",
    "dev-network  aws_vpc.vpc (deposed object 1234): Destroying... [id=vpc-1]",
    "dev-network  aws_vpc.vpc: Destruction complete after 0s",
  ];
  expect(after(lines)).toMatchObject({ total: 2, changed: 2, atWork: [] });
});

it("keeps what Terraform says of a failure, and lets no later line hide it", () => {
  const lines = [
    ...log,
    "dev-network  Error: creating EC2 VPC: limit reached",
    "",
    "               with aws_vpc.vpc (vpc),",
    "dev-dns  data.terraform_remote_state.network: Reading...",
    "dev-network  aws_vpc.other: Creating...",
  ];
  expect(after(lines)).toMatchObject({
    phase: "failed",
    errors: ["Error: creating EC2 VPC: limit reached", "with aws_vpc.vpc (vpc),", "aws_vpc.other: Creating..."],
  });
  expect(after(lines, "dev-dns")).toMatchObject({ phase: "planning" });
});

it("reads nothing into lines that are of no stack", () => {
  const progress = new Progress("dev-dns");
  expect(progress.read("Apply complete!", 0)).toBeUndefined();
  expect(progress.read("0 Stacks deploying     1 Stack done", 0)).toBeUndefined();
  expect(progress.stack).toMatchObject({ phase: "waiting" });
});
