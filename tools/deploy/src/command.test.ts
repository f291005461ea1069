import { commandOf } from "./command";

it.each([
  [["synth", "infra"], { kind: "synth", project: "infra", environment: undefined }],
  [["synth", "infra", "dev"], { kind: "synth", project: "infra", environment: "dev" }],
  [["diff", "infra", "dev"], { kind: "diff", project: "infra", environment: "dev", passedOn: [] }],
  [["deploy-all", "dev"], { kind: "deploy-all", environment: "dev", passedOn: [] }],
  [["bootstrap", "dev", "--auto-approve"], { kind: "bootstrap", environment: "dev", passedOn: ["--auto-approve"] }],
])("understands %j", (args, command) => {
  expect(commandOf(args)).toEqual(command);
});

it.each([
  ["as nx passes them", ["deploy", "infra", "dev", "--auto-approve", "--terraform-parallelism=2"]],
  ["after --", ["deploy", "infra", "dev", "--", "--auto-approve", "--terraform-parallelism=2"]],
])("passes further arguments on to cdktf, %s", (_, args) => {
  expect(commandOf(args)).toMatchObject({ passedOn: ["--auto-approve", "--terraform-parallelism=2"] });
});

it.each(["diff", "deploy", "destroy"])("%s wants one environment named", (kind) => {
  expect(() => commandOf([kind, "infra"])).toThrow(
    `Which environment? npx nx ${kind} infra --configuration=<environment>`,
  );
});

it.each([[[]], [["deploy"]], [["launch", "infra", "dev"]], [["deploy", "infra", "dev", "prod"]], [["deploy-all"]]])(
  "says how it is used to %j",
  (args) => {
    expect(() => commandOf(args)).toThrow("Usage:");
  },
);
