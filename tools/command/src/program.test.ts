import { chosenBy, type Choose, program, Said } from "./program";

interface Order {
  readonly bread: string;
  readonly butter: boolean;
}

function bakery(choose: Choose<Order>) {
  const tool = program("bakery", "Sells bread.");
  tool
    .command("sell")
    .description("sells one")
    .argument("<bread>", "its kind")
    .option("--butter", "with butter")
    .action((bread: string, { butter = false }: { butter?: boolean }) => choose({ bread, butter }));
  return tool;
}

/** What it says in place of a choice. */
function said(...args: string[]): Said {
  try {
    chosenBy(bakery, args);
  } catch (error) {
    if (error instanceof Said) return error;
    throw error;
  }
  throw new Error("it chose");
}

it("chooses what is called", () => {
  expect(chosenBy(bakery, ["sell", "rye", "--butter"])).toEqual({ bread: "rye", butter: true });
});

it.each([["--help"], ["-h"], ["sell", "--help"], ["sell", "rye", "--help"]])("has help: %s %s", (...args) => {
  expect(said(...args)).toMatchObject({ exitCode: 0, message: expect.stringContaining("Usage: bakery") });
});

it.each([
  [[], "Usage: bakery"],
  [["sel"], "unknown command 'sel'\n(Did you mean sell?)"],
  [["sell"], "missing required argument 'bread'"],
  [["sell", "rye", "wheat"], "too many arguments"],
  [["sell", "rye", "--buter"], "unknown option '--buter'\n(Did you mean --butter?)"],
  [["--butter", "sell", "rye"], "unknown option '--butter'"],
])("refuses %j, and says why", (args, text) => {
  expect(said(...args)).toMatchObject({ exitCode: 1, message: expect.stringContaining(text) });
});
