import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { createInterface } from "node:readline";
import { environmentNamed } from "@demarc/shared/environment";
import { checkovProgram } from "../commands/audit";
import { freeMemory, MEMORY } from "../preflight/memory";
import { prepare } from "../preflight/prepare";
import type { Test } from "./chosen";
import { layout, ROOT, UNDER_TEST } from "./programs";
import { shareWhatIsInstalled } from "./sandbox-of-its-own";

/** Most of a deploy is waiting: two take little longer than one. */
const BESIDE = 2;

/** Megabytes of memory that a test takes at most: an environment has two clusters at most. */
const NEEDED = MEMORY.deploy + MEMORY.localAws + 2 * MEMORY.controlPlane;

/** How many tests run beside each other. @param free megabytes of memory. Undefined: nobody knows */
export function lanesIn(free: number | undefined): number {
  return free === undefined || free >= BESIDE * NEEDED ? BESIDE : 1;
}

/**
 * Tests environments beside each other, each in a sandbox and a process of its own. One that fails ends itself alone.
 * @returns names of those that failed
 */
export async function testAll(tests: readonly Test[]): Promise<string[]> {
  const [first] = tests;
  if (first !== undefined && tests.length > 1) await installOnce(first);
  const waiting = [...tests];
  const failed: string[] = [];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      if (!(await succeeds(next, { alone: tests.length === 1 }))) failed.push(next.environment);
    }
  };
  await Promise.all(Array.from({ length: lanesIn(freeMemory()) }, lane));
  return failed;
}

/** Two that install the same thing at once would spoil it for each other. */
async function installOnce({ environment }: Test): Promise<void> {
  mkdirSync(layout.home, { recursive: true });
  shareWhatIsInstalled();
  const { builds } = await prepare(environmentNamed(environment), layout, process.env, console.log);
  await builds.done(console.log);
  await checkovProgram({ layout, inherited: process.env, console: { say: console.log } });
}

async function succeeds({ environment, moves }: Test, { alone }: { readonly alone: boolean }): Promise<boolean> {
  const program = path.join(__dirname, "one/main.ts");
  const child = spawn(process.execPath, ["--import", "tsx", program, environment, ...(moves ? ["moves"] : [])], {
    cwd: ROOT,
    env: { ...process.env, [UNDER_TEST]: environment },
    stdio: ["ignore", alone ? "inherit" : "pipe", alone ? "inherit" : "pipe"],
  });
  const ended = once(child, "close");
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) tell(stream, environment);
  await ended;
  return child.exitCode === 0;
}

/** Each line with the name of the environment that it is of. */
function tell(stream: Readable, environment: string): void {
  createInterface({ input: stream }).on("line", (line) => {
    console.log(`${environment} | ${line}`);
  });
}
