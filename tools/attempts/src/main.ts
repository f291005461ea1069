import { existsSync, readFileSync } from "node:fs";
import { chosenBy, program, runMain } from "@demarc/command";
import { attemptsIn, failures, report } from "./report";

/** A whole run makes some 3,350. Fewer than this: a step, a file of tests or a table of attempts was left out. */
const LEAST = 3200;

runMain(() => {
  const file = chosenBy<string>(
    (choose) =>
      program("attempts", "Shows what teams tried in the tests, and what refused it.")
        .argument("<file>", "the one that the tests were given as DEMARC_ATTEMPTS")
        .action((file: string) => choose(file)),
    process.argv.slice(2),
  );
  if (!existsSync(file)) {
    console.error(
      `There are no attempts in "${file}". Run the tests with DEMARC_ATTEMPTS=<file>, then this with that file.`,
    );
    return 1;
  }
  const attempts = attemptsIn(readFileSync(file, "utf8"));
  for (const line of report(attempts)) console.log(line);
  const wrong = failures(attempts, LEAST);
  for (const line of wrong) console.error(line);
  return wrong.length === 0 ? 0 : 1;
});
