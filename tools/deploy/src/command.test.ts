import { commandOf } from "./command";

const KNOWN = ["dev", "prod"];

it.each([
  [["synth", "infra"], { kind: "synth", project: "infra", environment: undefined }],
  [["synth", "infra", "dev"], { kind: "synth", project: "infra", environment: "dev" }],
  [["diff", "infra", "dev"], { kind: "diff", project: "infra", environment: "dev", cluster: undefined, passedOn: [] }],
  [["deploy-all", "dev"], { kind: "deploy-all", environment: "dev", cluster: undefined, passedOn: [] }],
  [["deploy-all", "dev", "--cluster", "b"], { kind: "deploy-all", environment: "dev", cluster: "b", passedOn: [] }],
  [["bootstrap", "dev", "--auto-approve"], { kind: "bootstrap", environment: "dev", passedOn: ["--auto-approve"] }],
  [["plan", "dev"], { kind: "plan", environment: "dev", projects: [], cluster: undefined }],
  [
    ["plan", "dev", "infra", "petstore", "--cluster", "b"],
    { kind: "plan", environment: "dev", projects: ["infra", "petstore"], cluster: "b" },
  ],
  [["apply", "dev", "0".repeat(64)], { kind: "apply", environment: "dev", digest: "0".repeat(64) }],
  [["deployed", "dev"], { kind: "deployed", environment: "dev" }],
])("understands %j", (args, command) => {
  expect(commandOf(args, KNOWN)).toEqual(command);
});

it.each(["", "latest", "0".repeat(63), `${"0".repeat(64)} `])("applies no plan that is named %j", (digest) => {
  expect(() => commandOf(["apply", "dev", digest], KNOWN)).toThrow(/It is the 64 digits that plan tells at its end/);
});

it.each([
  ["as nx passes them", ["deploy", "infra", "dev", "--auto-approve", "--terraform-parallelism=2"]],
  ["after --", ["deploy", "infra", "dev", "--", "--auto-approve", "--terraform-parallelism=2"]],
])("passes further arguments on to cdktf, %s", (_, args) => {
  expect(commandOf(args, KNOWN)).toMatchObject({ passedOn: ["--auto-approve", "--terraform-parallelism=2"] });
});

it.each(["diff", "deploy", "destroy"])("takes a cluster, of which cdktf is not told: %s", (kind) => {
  expect(commandOf([kind, "infra", "dev", "--", "--cluster=b", "--no-color"], KNOWN)).toMatchObject({
    cluster: "b",
    passedOn: ["--no-color"],
  });
});

it("gives cdktf each option as it was given", () => {
  const args = ["deploy", "infra", "dev", "--no-color", "--var", "a=1", "--var=b=2", "--outputs-file", "out.json"];
  expect(commandOf(args, KNOWN)).toMatchObject({
    passedOn: ["--outputs-file=out.json", "--var=a=1", "--var=b=2", "--no-color"],
  });
});

it.each(["diff", "deploy", "destroy"])("%s wants one environment named, and says which there are", (kind) => {
  expect(() => commandOf([kind, "infra"], KNOWN)).toThrow("error: missing required argument 'environment'");
  expect(() => commandOf([kind, "--help"], KNOWN)).toThrow(/environment +one of dev, prod/);
});

it.each([
  [["launch", "infra", "dev"], "unknown command 'launch'"],
  [["deplyo", "infra", "dev"], "(Did you mean deploy?)"],
  [["deploy"], "missing required argument 'project'"],
  [["deploy", "infra", "dev", "prod"], "too many arguments"],
  [["deploy-all"], "missing required argument 'environment'"],
  [["deploy", "infra", "dev", "--auto-aprove"], "(Did you mean --auto-approve?)"],
  [["bootstrap", "dev", "--cluster", "b"], "unknown option '--cluster'"],
  [["deploy", "infra", "dev", "--cluster"], "option '--cluster <id>' argument missing"],
  [["diff", "infra", "dev", "--auto-approve"], "unknown option '--auto-approve'"],
  [["deploy", "infra", "dev", "--terraform-parallelism", "many"], "It is a whole number above 0."],
])("refuses %j and says why", (args, reason) => {
  expect(() => commandOf(args, KNOWN)).toThrow(reason);
});
