import { chosenBy, type Choose, type Command as Program, program } from "@demarc/command";
import type { TasksAsked } from "./tasks/command";

/** What a pipeline is asked to do. */
export type Command =
  { readonly kind: "environments"; readonly json: boolean } | ({ readonly kind: "tasks" } & TasksAsked);

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
const ENVIRONMENT = ["--environment <name>", "that one alone"] as const;

interface Options {
  readonly base?: string;
  readonly environment?: string;
  readonly json?: true;
}

function ciProgram(choose: Choose<Command>): Program {
  const ci = program("npm run ci --", "What a pipeline does, the same on a laptop: the workflows only call it.").usage(
    "<command> [options]",
  );
  ci.command("environments")
    .description("tells which environments have pipelines, in the order in which these deploy them")
    .option("--json", "their names as JSON")
    .action(({ json }: Options) => choose({ kind: "environments", json: json ?? false }));
  ci.command("tasks")
    .description("tells which workspaces of which environments are affected, and why")
    .option(BASE[0], `${BASE[1]}; without it: what is deployed, by its records`)
    .option(...ENVIRONMENT)
    .option("--json", "a matrix of the environments that have pipelines, as JSON")
    .action(({ base, environment, json }: Options) =>
      choose({ kind: "tasks", base, environment, json: json ?? false }),
    );
  return ci;
}
