import { existsSync, readFileSync } from "node:fs";
import { attemptsIn, failures, report } from "./report";

/** A whole run makes some 3,350. Fewer than this: a step, a file of tests or a table of attempts was left out. */
const LEAST = 3200;

const [file = ""] = process.argv.slice(2);
if (existsSync(file)) {
  const attempts = attemptsIn(readFileSync(file, "utf8"));
  for (const line of report(attempts)) console.log(line);
  for (const line of failures(attempts, LEAST)) {
    console.error(line);
    process.exitCode = 1;
  }
} else {
  console.error(
    `There are no attempts in "${file}". Run the tests with DEMARC_ATTEMPTS=<file>, then this with that file.`,
  );
  process.exitCode = 1;
}
