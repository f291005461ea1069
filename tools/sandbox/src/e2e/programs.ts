import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { cleanVariables } from "../variables";
import { layoutOf } from "../layout";

/** The repository. */
export const ROOT = path.resolve(__dirname, "../../../..");

/** A sandbox of the test's own: the one that somebody works with stays as it is. */
export const HOME = path.join(ROOT, ".sandbox/e2e");

export const layout = layoutOf(ROOT, { DEMARC_SANDBOX_HOME: HOME });

type Variables = Readonly<Record<string, string>>;

/** A program that runs, with what it has printed so far. */
export interface Running {
  readonly process: ChildProcess;
  /** All that it has printed, both streams in one. */
  readonly printed: () => string;
  readonly ended: Promise<number | null>;
}

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly printed: string;
}

/** Starts `npm run sandbox -- <args>`, without npm around it: a signal then reaches the program itself. */
export function startSandbox(args: readonly string[], variables: Variables = {}): Running {
  return start([path.join(ROOT, "tools/sandbox/src/main.ts"), ...args], ROOT, {
    ...cleanVariables(layout, process.env),
    DEMARC_SANDBOX_HOME: HOME,
    ...variables,
  });
}

export async function sandbox(args: readonly string[], variables: Variables = {}): Promise<Ended> {
  return endOf(startSandbox(args, variables));
}

/** Runs the deploy tool in a repository. */
export async function deployTool(root: string, args: readonly string[], variables: NodeJS.ProcessEnv): Promise<Ended> {
  return endOf(start([path.join(ROOT, "tools/deploy/src/main.ts"), ...args], root, variables));
}

function start(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, ["--import", "tsx", ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
      process.stdout.write(text.replaceAll(/^(?=.)/gm, "    "));
    });
  }
  const ended = once(child, "close").then(() => child.exitCode);
  return { process: child, printed: () => printed, ended };
}

async function endOf({ printed, ended }: Running): Promise<Ended> {
  const code = await ended;
  return { code, printed: printed() };
}

/** Waits until a program has printed that. @throws Error where it ends first */
export async function untilPrinted({ printed, process }: Running, what: RegExp): Promise<void> {
  while (!what.test(printed())) {
    if (process.exitCode !== null) throw new Error(`it ended without printing ${String(what)}`);
    await sleep(100);
  }
}
