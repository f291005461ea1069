import { Command, CommanderError } from "commander";

/** Tells which of a program's commands was called, with its arguments. */
export type Choose<Choice> = (choice: Choice) => void;

/** What a program says in place of being run: its help, or why it does not understand how it was called. */
export class Said extends Error {
  override readonly name = "Said";

  constructor(
    text: string,
    /** 0 for help. */
    readonly exitCode: number,
  ) {
    super(text);
  }
}

/**
 * A program as a person calls it. It and each of its commands has `--help`, refuses options and commands that it does not know with the
 * one that was most likely meant, and names arguments that are missing.
 * @param name how it is called, such as `npm run sandbox --`
 */
export function program(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .helpOption("-h, --help", "says this")
    .helpCommand(false)
    .showHelpAfterError("(--help says how it is called)")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ getOutHelpWidth: () => 120, getErrHelpWidth: () => 120 });
}

/**
 * Which command is called, and with what.
 * @param build the program, with actions that choose
 * @param args of the command line, without Node and the program
 * @throws Said for help, and for what is not understood
 */
export function chosenBy<Choice>(build: (choose: Choose<Choice>) => Command, args: readonly string[]): Choice {
  const chosen: Choice[] = [];
  let text = "";
  const write = (more: string) => (text += more);
  const built = build((choice) => chosen.push(choice));
  for (const command of [built, ...built.commands]) {
    command.exitOverride().configureOutput({ ...command.configureOutput(), writeOut: write, writeErr: write });
  }
  try {
    built.parse([...args], { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) throw new Said(text.trimEnd(), error.exitCode);
    throw error;
  }
  const [choice] = chosen;
  if (choice === undefined) throw new Error(`${built.name()} has no action for ${args.join(" ")}`);
  return choice;
}
