import { commandOf } from "./command";

it.each([
  [[], { kind: "up", environment: "dev", ports: {} }],
  [["up", "prod", "--aws-port", "4566"], { kind: "up", environment: "prod", ports: { aws: 4566 } }],
  [["up", "--providers", "stand-in"], { kind: "up", environment: "dev", ports: {}, sources: "stand-in" }],
  [["--providers=real"], { kind: "up", environment: "dev", ports: {}, sources: "real" }],
  [["plan", "dev"], { kind: "plan", environment: "dev" }],
  [["destroy", "dev"], { kind: "destroy", environment: "dev" }],
  [["status"], { kind: "status" }],
  [["env"], { kind: "env", team: undefined }],
  [["env", "pets"], { kind: "env", team: "pets" }],
  [["calls"], { kind: "calls", role: undefined }],
  [["calls", "dev-a-dns"], { kind: "calls", role: "dev-a-dns" }],
  [["up", "--help"], { kind: "help" }],
])("understands %j", (args, command) => {
  expect(commandOf(args, {})).toEqual(command);
});

it("takes ports from the environment where no option gives them", () => {
  const variables = { DEMARC_SANDBOX_AWS_PORT: "5000", DEMARC_SANDBOX_EKS_PORT: "5001" };
  expect(commandOf(["up", "--eks-port=6001"], variables)).toMatchObject({ ports: { aws: 5000, eks: 6001 } });
});

it.each([
  [["launch"], 'The sandbox has no command "launch"'],
  [["up", "dev", "prod"], 'What is "prod" for?'],
  [["plan"], "Which environment? npm run sandbox -- plan <environment>"],
  [["down", "dev"], 'down is for the whole sandbox and takes no "dev"'],
  [["up", "--aws-port", "80"], '"80" is no port for --aws-port'],
  [["up", "--providers", "some"], '"some" is nothing that --providers can ask for'],
  [["up", "--port", "4566"], "Unknown option '--port'"],
])("refuses %j and says why", (args, reason) => {
  expect(() => commandOf(args, {})).toThrow(reason);
});
