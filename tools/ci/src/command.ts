import { chosenBy, type Choose, type Command as Program, InvalidArgumentError, program } from "@demarc/command";
import type { ApplyAsked } from "./apply/command";
import type { DriftAsked } from "./drift/drift";
import type { PlanAsked } from "./plan/plan";
import type { EnvironmentsAsked } from "./environments-command";
import type { TasksAsked } from "./tasks/command";

/** What a pipeline is asked to do. */
export type Command =
  | ({ readonly kind: "environments" } & EnvironmentsAsked)
  | ({ readonly kind: "tasks" } & TasksAsked)
  | ({ readonly kind: "plan" } & PlanAsked)
  | { readonly kind: "comment"; readonly folders: readonly string[] }
  | ({ readonly kind: "apply" } & ApplyAsked)
  | ({ readonly kind: "drift" } & DriftAsked)
  | { readonly kind: "checks"; readonly base: string | undefined };

/**
 * @param args of the command line, without the program
 * @throws Said where they make no command, or ask for help
 */
export function commandOf(args: readonly string[]): Command {
  return chosenBy<Command>(
    ciProgram,
    args.filter((arg) => arg !== "--"),
  );
}

const BASE = ["--base <ref>", "what a branch of changes began at, such as origin/main"] as const;
const OUT = [
  "--out <folder>",
  "writes a summary of each environment there, as JSON: actions and addresses, no values",
] as const;
const ENVIRONMENT = ["--environment <name>", "that one alone"] as const;

interface Options {
  readonly base?: string;
  readonly environment?: string;
  readonly json?: true;
  readonly out?: string;
  readonly digest?: string;
  readonly affected?: string;
}

function ciProgram(choose: Choose<Command>): Program {
  const ci = program("npm run ci --", "What a pipeline does, the same on a laptop: the workflows only call it.").usage(
    "<command> [options]",
  );
  ci.command("environments")
    .description("tells which environments have pipelines, in the order in which these deploy them")
    .option(...ENVIRONMENT)
    .option(
      "--affected <folder>",
      "those alone of which a file in it, as `tasks --json` prints it, has something to do",
    )
    .option("--json", "their names as JSON")
    .action(({ environment, affected, json }: Options) =>
      choose({ kind: "environments", environment, affected, json: json ?? false }),
    );
  ci.command("checks")
    .description("checks what a branch of changes touches: lint, types, tests, and a synth in every environment")
    .option(BASE[0], `${BASE[1]}; without it: everything is checked`)
    .action(({ base }: Options) => choose({ kind: "checks", base }));
  ci.command("tasks")
    .description("tells which workspaces of which environments are affected, and why")
    .option(BASE[0], `${BASE[1]}; without it: what is deployed, by its records`)
    .option(...ENVIRONMENT)
    .option("--json", "a matrix of the environments that have pipelines, as JSON")
    .action(({ base, environment, json }: Options) =>
      choose({ kind: "tasks", base, environment, json: json ?? false }),
    );
  withReviews(ci, choose);
  return ci;
}

function withReviews(ci: Program, choose: Choose<Command>): void {
  ci.command("plan")
    .description("plans all that a branch of changes touches, and keeps what it does as reviewed for these files")
    .requiredOption(...BASE)
    .option(...ENVIRONMENT)
    .option(...OUT)
    .action(({ base = "", environment, out }: Options) => choose({ kind: "plan", base, environment, out }));
  ci.command("comment")
    .description("prints one comment in Markdown for what plans found")
    .argument("<folder...>", "folders with their summaries; one that is not there has none")
    .action((folders: string[]) => choose({ kind: "comment", folders }));
  ci.command("apply")
    .description(
      "plans what is affected in an environment, and applies that where it was reviewed; exit code 2 asks for an approval",
    )
    .requiredOption("--environment <name>", "which one")
    .option("--digest <digest>", "applies exactly the plan that somebody approved", digestOf)
    .option(...OUT)
    .action(({ environment = "", digest, out }: Options) => choose({ kind: "apply", environment, digest, out }));
  ci.command("drift")
    .description("tells what was changed by hand; exit code 2 where anything was")
    .option(...ENVIRONMENT)
    .option(...OUT)
    .action(({ environment, out }: Options) => choose({ kind: "drift", environment, out }));
}

function digestOf(value: string): string {
  if (/^[0-9a-f]{64}$/.test(value)) return value;
  throw new InvalidArgumentError("It is the 64 digits that a deploy tells where it asks for an approval.");
}
