import { parseArgs } from "node:util";
import { Refusal } from "@demarc/deploy";
import type { Sources } from "./providers/mirror";

/** What the sandbox is asked to do. */
export type Command =
  | { readonly kind: "up"; readonly environment: string; readonly ports: Ports; readonly sources?: Sources }
  | { readonly kind: "plan" | "audit" | "destroy"; readonly environment: string }
  | { readonly kind: "kubeconfig" | "env"; readonly team: string | undefined }
  | { readonly kind: "calls"; readonly role: string | undefined }
  | { readonly kind: "status" | "down" | "help" };

/** Ports that the user asks for. @default free ones */
export interface Ports {
  readonly aws?: number;
  readonly eks?: number;
}

/** Environment variables that ask for ports, beside the options. */
const PORT_VARIABLES = { aws: "DEMARC_SANDBOX_AWS_PORT", eks: "DEMARC_SANDBOX_EKS_PORT" } as const;

export const USAGE = `The sandbox deploys a whole environment to this machine: no AWS account, nothing outside .sandbox.

  npm run sandbox                        up dev
  npm run sandbox -- up <environment>    starts a local AWS and deploys to it; again: only what changed
      --aws-port <port>                  port of the local AWS (or ${PORT_VARIABLES.aws}); a free one by default
      --eks-port <port>                  port of its EKS API (or ${PORT_VARIABLES.eks}); a free one by default
      --providers real|stand-in          Terraform's kubernetes and helm providers and Helm charts: the real ones, or the sandbox's
                                         own stand-ins; by default the real ones where they can be had
  npm run sandbox -- plan <environment>  what a deploy would change; exit code 0 nothing, 2 something, 1 error
  npm run sandbox -- audit <environment> what checkov finds in its plans that nobody has reviewed
  npm run sandbox -- destroy <environment>
  npm run sandbox -- status              what runs, and what is deployed
  npm run sandbox -- calls [role]        what each role called, was refused, and may do but never did
  npm run sandbox -- kubeconfig [team]   prints a kubeconfig that acts as that team; without a team: which there are
  npm run sandbox -- env [team]          exports for this shell: eval "$(npm run --silent sandbox -- env pets)"; without a team: as an
                                         administrator, whom IAM does not judge
  npm run sandbox -- down                ends the local AWS, and all that was deployed with it
`;

/** @throws Refusal where the arguments make no command, with how to give one */
export function commandOf(args: readonly string[], variables: NodeJS.ProcessEnv): Command {
  const { positionals, values } = parsed(args);
  if (values.help === true) return { kind: "help" };
  const [kind = "up", environment, ...others] = positionals;
  if (others.length > 0) throw new Refusal([`What is "${others.join(" ")}" for? ${kind} takes no more.`, USAGE]);
  switch (kind) {
    case "up": {
      const ports = {
        ...port("aws", values["aws-port"] ?? variables[PORT_VARIABLES.aws]),
        ...port("eks", values["eks-port"] ?? variables[PORT_VARIABLES.eks]),
      };
      return { kind, environment: environment ?? "dev", ports, ...sources(values.providers) };
    }
    case "plan":
    case "audit":
    case "destroy":
      if (environment === undefined) throw new Refusal([`Which environment? npm run sandbox -- ${kind} <environment>`]);
      return { kind, environment };
    case "kubeconfig":
    case "env":
      return { kind, team: environment };
    case "calls":
      return { kind, role: environment };
    case "status":
    case "down":
    case "help":
      if (environment !== undefined)
        throw new Refusal([`${kind} is for the whole sandbox and takes no "${environment}".`]);
      return { kind };
    default:
      throw new Refusal([`The sandbox has no command "${kind}".`, USAGE]);
  }
}

const options = {
  "aws-port": { type: "string" },
  "eks-port": { type: "string" },
  providers: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    throw new Refusal([error instanceof Error ? error.message : String(error), USAGE]);
  }
}

function port(name: keyof Ports, given: string | undefined): Ports {
  if (given === undefined || given === "") return {};
  const number = Number(given);
  if (Number.isInteger(number) && number >= 1024 && number <= 65_535) return { [name]: number };
  throw new Refusal([`"${given}" is no port for --${name}-port: give a number from 1024 to 65535.`]);
}

function sources(given: string | undefined): { sources?: Sources } {
  if (given === undefined) return {};
  if (given === "real" || given === "stand-in") return { sources: given };
  throw new Refusal([
    `"${given}" is nothing that --providers can ask for: give real or stand-in, or leave it out for the real ones where they can be had.`,
  ]);
}
