import { Argument, chosenBy, type Choose, type Command, program } from "@demarc/command";

/** What the gate is asked for. */
export interface Asked {
  /** Files, one plan each. */
  readonly files: readonly string[];
  /** Id of the stack that the plan is of. Undefined: as the file is called. */
  readonly stack: string | undefined;
}

/**
 * @param args of the command line, without the program
 * @throws Said where they make no command, or ask for help
 */
export function asked(args: readonly string[]): Asked {
  return chosenBy<Asked>(gate, args);
}

function gate(choose: Choose<Asked>): Command {
  const command = program(
    "npm run gate --",
    "Refuses plans that destroy what holds state or others use, that reach outside of their workspace, open something to the world, or grow permissions. Exit code 1 where one is refused.",
  );
  return command
    .addArgument(
      new Argument("<plan.json...>", "plans as `terraform show -json` writes them, each called <stack>.json"),
    )
    .option("--stack <id>", "which stack the plan is of, where its file is called otherwise")
    .action((files: string[], { stack }: { stack?: string }) => {
      if (stack !== undefined && files.length > 1)
        command.error("error: --stack is for one plan; call each file by its stack");
      choose({ files, stack });
    });
}
