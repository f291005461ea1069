import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, openSync, closeSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf, isRunning, Refusal } from "@demarc/deploy";
import { z } from "zod";
import type { Layout } from "./layout";
import type { Python } from "./preflight/programs";

/** A virtual environment with the packages that one requirements file pins. */
export interface VirtualEnvironment {
  readonly directory: string;
  /** Its Python. */
  readonly python: string;
  /** Whether all packages are in it. One that a kill left half made is not. */
  readonly complete: boolean;
}

/** Where the packages of a requirements file are, or will be: one folder for each content and each Python. */
export function virtualEnvironmentFor(
  requirements: string,
  { command, version }: Python,
  layout: Layout,
): VirtualEnvironment {
  const content = readFileSync(requirements, "utf8");
  const hash = createHash("sha256").update(`${command} ${version}\n${content}`).digest("hex").slice(0, 12);
  const directory = path.join(layout.venvs, hash);
  return {
    directory,
    python: path.join(directory, "bin/python"),
    complete: existsSync(path.join(directory, COMPLETE)),
  };
}

/** Written last. */
const COMPLETE = "complete";

/** Beside the folders: the process that fills one of them now. */
const INSTALLING = "installing.json";

const installer = z.object({ pid: z.number(), started: z.string() });

/** Ends what a killed command left at installing: it would write into what is installed after it. The claim keeps all others out. */
export async function endLeftInstaller({ venvs }: Pick<Layout, "venvs">): Promise<void> {
  const file = path.join(venvs, INSTALLING);
  const left = installer.safeParse(contentOf(file)).data;
  if (left !== undefined && (await isRunning(left))) process.kill(left.pid, "SIGKILL");
  while (left !== undefined && (await isRunning(left))) await sleep(50);
  rmSync(file, { force: true });
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Installs the packages. @throws Refusal with the reason that pip gives and the log that has the rest */
export async function installPackages(
  requirements: string,
  { command }: Python,
  { directory, python }: VirtualEnvironment,
  layout: Layout,
  variables: NodeJS.ProcessEnv,
): Promise<void> {
  const log = path.join(layout.logs, "python-packages.log");
  await endLeftInstaller(layout);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(path.dirname(directory), { recursive: true });
  mkdirSync(layout.logs, { recursive: true });
  const pip = ["-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--requirement", requirements];
  const made =
    (await succeeds(command, ["-m", "venv", directory], log, "w", variables, layout)) &&
    (await succeeds(python, pip, log, "a", variables, layout));
  if (!made) {
    const reason =
      readFileSync(log, "utf8")
        .trim()
        .split("\n")
        .findLast((line) => /error/i.test(line)) ?? "";
    throw new Refusal([
      `Python's packages for the local AWS could not be installed: ${reason.trim()} (all of it: ${path.relative(layout.root, log)})`,
    ]);
  }
  writeFileSync(path.join(directory, COMPLETE), "");
}

async function succeeds(
  program: string,
  args: string[],
  log: string,
  flag: "w" | "a",
  env: NodeJS.ProcessEnv,
  { venvs }: Pick<Layout, "venvs">,
) {
  const output = openSync(log, flag);
  try {
    const child = spawn(program, args, { stdio: ["ignore", output, output], env });
    const ended = once(child, "exit");
    const running = child.pid === undefined ? undefined : await identityOf(child.pid);
    if (running !== undefined) writeFileSync(path.join(venvs, INSTALLING), JSON.stringify(running));
    await ended;
    rmSync(path.join(venvs, INSTALLING), { force: true });
    return child.exitCode === 0;
  } finally {
    closeSync(output);
  }
}
