import { commandOf } from "./command";

it.each([
  [[], { kind: "up", environment: "dev", ports: {} }],
  [["up", "prod", "--aws-port", "4566"], { kind: "up", environment: "prod", ports: { aws: 4566 } }],
  [["up", "--providers", "stand-in"], { kind: "up", environment: "dev", ports: {}, sources: "stand-in" }],
  [["--providers=real"], { kind: "up", environment: "dev", ports: {}, sources: "real" }],
  [["plan", "dev"], { kind: "plan", environment: "dev" }],
  [["up", "prod", "--cluster", "b"], { kind: "up", environment: "prod", cluster: "b", ports: {} }],
  [["plan", "dev", "--cluster=b"], { kind: "plan", environment: "dev", cluster: "b" }],
  [["destroy", "dev", "--cluster", "b"], { kind: "destroy", environment: "dev", cluster: "b" }],
  [["destroy", "dev"], { kind: "destroy", environment: "dev" }],
  [["status"], { kind: "status" }],
  [["env"], { kind: "env", team: undefined }],
  [["env", "pets"], { kind: "env", team: "pets" }],
  [["calls"], { kind: "calls", role: undefined }],
  [["calls", "dev-a-dns"], { kind: "calls", role: "dev-a-dns" }],
])("understands %j", (args, command) => {
  expect(commandOf(args, {})).toEqual(command);
});

it("takes ports from the environment where no option gives them", () => {
  const variables = { DEMARC_SANDBOX_AWS_PORT: "5000", DEMARC_SANDBOX_EKS_PORT: "5001" };
  expect(commandOf(["up", "--eks-port=6001"], variables)).toMatchObject({ ports: { aws: 5000, eks: 6001 } });
});

it.each([
  [["launch"], "unknown command 'launch'"],
  [["plna", "dev"], "(Did you mean plan?)"],
  [["up", "dev", "prod"], "too many arguments"],
  [["plan"], "missing required argument 'environment'"],
  [["down", "dev"], "too many arguments"],
  [["audit", "dev", "--cluster", "b"], "unknown option '--cluster'"],
  [["up", "--aws-port", "80"], "Give a number from 1024 to 65535."],
  [["up", "--providers", "some"], "Allowed choices are real, stand-in."],
  [["--provider", "real"], "(Did you mean --providers?)"],
])("refuses %j and says why", (args, reason) => {
  expect(() => commandOf(args, {})).toThrow(reason);
});

it("refuses a port of the environment's that is none", () => {
  expect(() => commandOf([], { DEMARC_SANDBOX_EKS_PORT: "many" })).toThrow(
    "option '--eks-port <port>' argument 'many'",
  );
});

it.each([
  [["--help"], "Usage: npm run sandbox --"],
  [["up", "--help"], "DEMARC_SANDBOX_AWS_PORT"],
  [["calls", "-h"], "without it: all that called something"],
])("says how it is called for %j", (args, text) => {
  expect(() => commandOf(args, {})).toThrow(text);
});
