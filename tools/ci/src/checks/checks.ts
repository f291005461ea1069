import { spawn } from "node:child_process";
import { once } from "node:events";
import { Git } from "../git";

/** A program, with its arguments. */
interface Step {
  readonly name: string;
  readonly args: readonly string[];
}

/** What holds for files of no project. */
const OF_ALL: readonly Step[] = [
  { name: "format", args: ["prettier", "--check", "--log-level=warn", ".", "!packages", "!tools"] },
  { name: "unused", args: ["knip", "--no-config-hints"] },
];

/** What is asked of each project; a synth is of every environment. */
const TARGETS = ["lint", "typecheck", "test", "synth"];

/**
 * Checks what a branch of changes touches: lint, types, tests, and a synth in every environment. All steps are made, whatever the ones before
 * them find.
 * @param base what the branch began at. Undefined: everything is checked
 * @returns exit code
 */
export async function checks(base: string | undefined, root: string): Promise<number> {
  const failed: string[] = [];
  const all = [...OF_ALL, ...(await stepsOf(base, root))];
  for (const [at, { name, args }] of all.entries()) {
    console.log(`\n${name} (${String(at + 1)} of ${String(all.length)})`);
    if ((await codeOf(args, root)) !== 0) failed.push(name);
  }
  console.log(failed.length === 0 ? "\nAll checks passed." : `\nFailed: ${failed.join(", ")}.`);
  return failed.length === 0 ? 0 : 1;
}

async function stepsOf(base: string | undefined, root: string): Promise<Step[]> {
  if (base === undefined) return TARGETS.map((target) => ({ name: target, args: ["nx", "run-many", "-t", target] }));
  const compared = [`--base=${await new Git(root).mergeBase(base)}`, "--head=HEAD"];
  return TARGETS.map((target) => ({ name: target, args: ["nx", "affected", "-t", target, ...compared] }));
}

async function codeOf(args: readonly string[], root: string): Promise<number> {
  const child = spawn("npx", args, { cwd: root, stdio: "inherit" });
  await once(child, "close");
  return child.exitCode ?? 1;
}
