/**
 * Prints which programs of this machine the tests run, with their versions: one of the inputs of every project's tests. nx keeps
 * results for all checkouts on a machine, and a result does not hold where Terraform, say, is another one or none.
 */
import { spawnSync } from "node:child_process";

const PROGRAMS = [
  ["node", "--version"],
  ["terraform", "version"],
  ["python3", "--version"],
  ["go", "version"],
  ["git", "--version"],
];

for (const [program = "", ...args] of PROGRAMS) {
  const { error, stdout } = spawnSync(program, args, {
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  console.log(`${program}: ${error === undefined ? stdout.trim() : "none"}`);
}
