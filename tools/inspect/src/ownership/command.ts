import { Argument, chosenBy, type Choose, type Command, Option, program } from "@demarc/command";

export type Format = "markdown" | "json";

/** What the ownership tool is asked for. */
export interface Asked {
  readonly environment: string;
  /** The environment that it is compared with. @default none: its own table is printed */
  readonly compare: string | undefined;
  readonly format: Format;
}

/**
 * @param args of the command line, without the program @param known names of the environments that help tells of
 * @throws Said where they make no command, or ask for help
 */
export function asked(args: readonly string[], known: readonly string[]): Asked {
  return chosenBy<Asked>((choose) => ownership(choose, known.join(", ")), args);
}

function ownership(choose: Choose<Asked>, known: string): Command {
  return program(
    "npm run ownership --",
    "Prints who owns what in an environment, computed from what its stacks contain: things by teams, and what makes each. It asks nothing of AWS.",
  )
    .addArgument(new Argument("<environment>", `one of ${known}`))
    .option("--compare <environment>", "says what changes hands from the first environment to this one")
    .addOption(
      new Option("--format <format>", "of what is printed; JSON for programs, with npm run --silent")
        .choices(["markdown", "json"])
        .default("markdown"),
    )
    .action((environment: string, { compare, format }: { compare?: string; format: Format }) =>
      choose({ environment, compare, format }),
    );
}
