import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { environmentNamed } from "@demarc/shared/environment";
import { checkovProgram } from "../commands/audit";
import buildAll from "../go/all";
import { freeMemory, neededMemory } from "../preflight/memory";
import { prepare } from "../preflight/prepare";
import type { Test } from "./chosen";
import { layout, ROOT, UNDER_TEST } from "./programs";
import { shareWhatIsInstalled } from "./sandbox-of-its-own";

/** Most of a deploy is waiting: two take little longer than one. */
const BESIDE = 2;

/**
 * How many tests run beside each other.
 * @param clusters how many clusters the environment of each test has
 * @param free megabytes of memory. Undefined: nobody knows
 */
export function lanesIn(clusters: readonly number[], free: number | undefined): number {
  const needs = clusters.map((count) => neededMemory({ clusters: count, localAws: true }));
  const [largest = 0, next = 0] = needs.toSorted((one, other) => other - one);
  return free === undefined || free >= largest + next ? BESIDE : 1;
}

/**
 * Tests environments beside each other, each in a sandbox and a process of its own. One that fails ends itself alone.
 * @returns names of those that failed
 */
export async function testAll(tests: readonly Test[]): Promise<string[]> {
  if (tests.length > 1) await installOnce(tests);
  const lanes = lanesIn(
    tests.map(({ environment }) => Object.keys(environmentNamed(environment).clusters).length),
    freeMemory(),
  );
  if (tests.length > lanes && lanes < BESIDE) console.log("Memory has room for one at a time.");
  const waiting = [...tests];
  const running = new Set<ChildProcess>();
  const failed: string[] = [];
  const stop = () => {
    failed.push(...waiting.splice(0).map(({ environment }) => environment));
    // With all that it runs: an `up` that goes on would be in the way of the next test.
    for (const { pid } of running) if (pid !== undefined) process.kill(-pid);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, stop);
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const child = start(next, { alone: tests.length === 1 });
      running.add(child);
      await once(child, "close");
      running.delete(child);
      if (child.exitCode !== 0) failed.push(next.environment);
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return failed;
}

/** Two that install the same thing at once would spoil it for each other. */
async function installOnce(tests: readonly Test[]): Promise<void> {
  mkdirSync(layout.home, { recursive: true });
  shareWhatIsInstalled();
  await buildAll();
  for (const { environment } of tests) {
    const { builds } = await prepare(environmentNamed(environment), layout, process.env, console.log);
    await builds.done(console.log);
  }
  await checkovProgram({ layout, inherited: process.env, console: { say: console.log } });
}

function start({ environment, moves }: Test, { alone }: { readonly alone: boolean }): ChildProcess {
  const program = path.join(__dirname, "one/main.ts");
  const output = alone ? "inherit" : "pipe";
  const child = spawn(process.execPath, ["--import", "tsx", program, ...(moves ? ["moves"] : [])], {
    cwd: ROOT,
    env: { ...process.env, [UNDER_TEST]: environment },
    // A group of its own.
    detached: true,
    stdio: ["ignore", output, output],
  });
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) tell(stream, environment);
  return child;
}

/** Each line with the name of the environment that it is of. */
function tell(stream: Readable, environment: string): void {
  createInterface({ input: stream }).on("line", (line) => {
    console.log(`${environment} | ${line}`);
  });
}
