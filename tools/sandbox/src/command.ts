import { chosenBy, type Choose, type Command as Program, InvalidArgumentError, Option, program } from "@demarc/command";
import type { Scope } from "@demarc/deploy";
import type { Sources } from "./providers/mirror";

/** What the sandbox is asked to do. */
export type Command =
  | (Scope & { readonly kind: "up"; readonly ports: Ports; readonly sources?: Sources })
  | (Scope & { readonly kind: "plan" | "destroy" })
  | { readonly kind: "audit"; readonly environment: string }
  | { readonly kind: "kubeconfig" | "env"; readonly team: string | undefined }
  | { readonly kind: "calls"; readonly role: string | undefined }
  | { readonly kind: "status" | "down" };

/** Ports that the user asks for. @default free ones */
export interface Ports {
  readonly aws?: number;
  readonly eks?: number;
}

/** Environment variables that ask for ports, beside the options. */
const PORT_VARIABLES = { aws: "DEMARC_SANDBOX_AWS_PORT", eks: "DEMARC_SANDBOX_EKS_PORT" } as const;

/** @throws Said where the arguments make no command, or ask for help */
export function commandOf(args: readonly string[], variables: NodeJS.ProcessEnv): Command {
  const [first] = args;
  const named = first !== undefined && (!first.startsWith("-") || ["-h", "--help"].includes(first));
  const [command = "", ...rest] = named ? args : ["up", ...args];
  const asked = command === "up" ? portsIn(variables) : [];
  return chosenBy<Command>(sandboxProgram, [command, ...asked, ...rest]);
}

/** As options, which come before those of the command line: the last one counts. */
function portsIn(variables: NodeJS.ProcessEnv): string[] {
  return (["aws", "eks"] as const).flatMap((name) => {
    const port = variables[PORT_VARIABLES[name]] ?? "";
    return port === "" ? [] : [`--${name}-port=${port}`];
  });
}

function sandboxProgram(choose: Choose<Command>): Program {
  const sandbox = program(
    "npm run sandbox --",
    "The sandbox deploys a whole environment to this machine: no AWS account, nothing outside .sandbox. Without a command: up dev.",
  );
  upCommand(sandbox, choose);
  for (const [kind, description] of OF_ENVIRONMENT) {
    const command = sandbox.command(kind).description(description).argument("<environment>");
    if (kind === "audit") command.action((environment: string) => choose({ kind, environment }));
    else {
      command.option("--cluster <id>", kind === "plan" ? CLUSTER : CLUSTER_ALONE);
      command.action((environment: string, { cluster }: ClusterOption) => choose({ kind, environment, cluster }));
    }
  }
  for (const [kind, description] of OF_ALL) {
    sandbox
      .command(kind)
      .description(description)
      .action(() => choose({ kind }));
  }
  sandbox
    .command("calls")
    .description("says what each role called, was refused, and may do but never did")
    .argument("[role]", "name or ARN; without it: all that called something")
    .action((role?: string) => choose({ kind: "calls", role }));
  for (const [kind, description] of OF_TEAM) {
    const command = sandbox.command(kind).description(description).argument("[team]");
    command.action((team?: string) => choose({ kind, team }));
  }
  return sandbox;
}

const CLUSTER = "its stacks alone, with those of no cluster that they stand on";
const CLUSTER_ALONE = "its stacks alone: all others stay";

interface ClusterOption {
  readonly cluster?: string;
}

const OF_ENVIRONMENT = [
  ["plan", "says what a deploy would change; exit code 0 nothing, 2 something, 1 error"],
  ["audit", "says what checkov finds in its plans that nobody has reviewed"],
  ["destroy", "destroys what is deployed of it, and asks what is left"],
] as const;

const OF_ALL = [
  ["status", "says what runs, and what is deployed"],
  [
    "down",
    "ends the local AWS, and all that was deployed with it; of one cluster alone: destroy <environment> --cluster <id>",
  ],
] as const;

const OF_TEAM = [
  ["kubeconfig", "prints a kubeconfig that acts as that team; without a team: says which there are"],
  [
    "env",
    'prints exports for this shell: eval "$(npm run --silent sandbox -- env pets)"; without a team: as an administrator, whom IAM does not judge',
  ],
] as const;

function upCommand(sandbox: Program, choose: Choose<Command>): void {
  const ports = (name: keyof Ports) =>
    new Option(`--${name}-port <port>`, `also ${PORT_VARIABLES[name]}; a free one by default`).argParser(port);
  sandbox
    .command("up")
    .description("starts a local AWS and deploys to it; again: only what changed")
    .argument("[environment]", "", "dev")
    .option("--cluster <id>", CLUSTER)
    .addOption(ports("aws"))
    .addOption(ports("eks"))
    .addOption(
      new Option(
        "--providers <which>",
        "Terraform's kubernetes and helm providers and Helm charts; by default the real ones where they can be had",
      ).choices(["real", "stand-in"]),
    )
    .action((environment: string, { awsPort: aws, eksPort: eks, providers: sources, cluster }: UpOptions) =>
      choose({
        kind: "up",
        environment,
        cluster,
        ports: { ...(aws === undefined ? {} : { aws }), ...(eks === undefined ? {} : { eks }) },
        ...(sources === undefined ? {} : { sources }),
      }),
    );
}

interface UpOptions extends ClusterOption {
  readonly awsPort?: number;
  readonly eksPort?: number;
  readonly providers?: Sources;
}

function port(given: string): number {
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1024 && number <= 65_535) return number;
  throw new InvalidArgumentError("Give a number from 1024 to 65535.");
}
