import { existsSync, readFileSync } from "node:fs";
import { attemptsIn, failures, report } from "./report";

/** As many as there were when this was written. Fewer: a step, or a file of tests, was left out. */
const LEAST = 1700;

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
