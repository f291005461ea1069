import { type ChildProcess, type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import assert from "node:assert/strict";
import { HeadObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { type Environment, stateBucket } from "@demarc/shared/environment";
import { layoutOf } from "../layout";
import { type Servers, serversState } from "../local-aws/servers";
import { actorVariables } from "../commands/env";
import { bucketOf } from "../session";
import { cleanVariables, CREDENTIALS, sandboxVariables } from "../variables";

/** The repository. */
export const ROOT = path.resolve(__dirname, "../../../..");

/** Names the environment under test to its process. */
export const UNDER_TEST = "DEMARC_UNDER_TEST";

const underTest = process.env[UNDER_TEST];

/** A sandbox of the test's own, one for each environment: the one that somebody works with stays as it is. */
export const HOME = path.join(ROOT, ".sandbox/e2e", underTest === undefined ? "install" : `of/${underTest}`);

export const layout = layoutOf(ROOT, { DEMARC_SANDBOX_HOME: HOME });

/** How long what a destroyed cluster ran on may take to end, in seconds. */
const PATIENCE = 15;

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

/**
 * Starts `npm run sandbox -- <args>`, without npm around it: a signal then reaches the program itself.
 * @param root of the repository whose it is
 */
export function startSandbox(args: readonly string[], variables: Variables = {}, root = ROOT): Running {
  return start([path.join(root, "tools/sandbox/src/main.ts"), ...args], root, {
    ...cleanVariables(layout, process.env),
    DEMARC_SANDBOX_HOME: HOME,
    ...variables,
  });
}

export async function sandbox(args: readonly string[], variables: Variables = {}): Promise<Ended> {
  return endOf(startSandbox(args, variables));
}

/** The same from another repository, such as one in which something is changed. */
export async function sandboxOf(root: string, args: readonly string[]): Promise<Ended> {
  return endOf(startSandbox(args, {}, root));
}

/** Runs the deploy tool in a repository. */
export async function deployTool(root: string, args: readonly string[], variables: NodeJS.ProcessEnv): Promise<Ended> {
  return endOf(start([path.join(ROOT, "tools/deploy/src/main.ts"), ...args], root, variables));
}

/** Runs a command of pipelines in a repository, as a job of theirs does. */
export async function pipelineTool(
  root: string,
  args: readonly string[],
  variables: NodeJS.ProcessEnv,
): Promise<Ended> {
  return endOf(start([path.join(ROOT, "tools/ci/src/main.ts"), ...args], root, variables));
}

/** Runs any program to its end. */
export async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<Ended> {
  return endOf(watched(spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] })));
}

function start(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Running {
  const command = ["--import", "tsx", ...args];
  return watched(spawn(process.execPath, command, { cwd, env, stdio: ["ignore", "pipe", "pipe"] }));
}

function watched(child: ChildProcessByStdio<null, Readable, Readable>): Running {
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

/** The local AWS of the test. @throws AssertionError where it does not serve */
export async function runningServers(): Promise<Servers> {
  const state = await serversState(layout);
  assert.equal(state.kind, "serving");
  return state.servers;
}

/** What leads a shell's programs to the sandbox after `eval "$(npm run --silent sandbox -- env)"`. */
export function shellVariables(servers: Servers): NodeJS.ProcessEnv {
  return { ...cleanVariables(layout, process.env), ...sandboxVariables(layout, servers) };
}

/** The same of a team: what it deploys, it deploys by the roles of its workspaces. */
export async function teamsVariables(
  environment: Environment,
  team: string,
  servers: Servers,
): Promise<NodeJS.ProcessEnv> {
  return { ...shellVariables(servers), ...(await actorVariables(team, servers, [environment])) };
}

/** The version of each state's object, by its key: another one once anything was written. */
export async function versionsOfStates(environment: Environment): Promise<Map<string, string | undefined>> {
  const servers = await runningServers();
  const s3 = new S3Client({ region: servers.region, endpoint: servers.awsUrl, credentials: CREDENTIALS });
  const versions = new Map<string, string | undefined>();
  for (const { key } of await bucketOf({ environment, servers }).states()) {
    const { VersionId } = await s3.send(new HeadObjectCommand({ Bucket: stateBucket(environment), Key: key }));
    versions.set(key, VersionId);
  }
  return versions;
}

/** Processes of this machine with that text in their command line, this one's own aside. Linux alone tells. */
export function processesOf(text: string): { pid: number; command: string }[] {
  const pids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  return pids.flatMap((pid) => {
    const command = commandLine(pid);
    return command.includes(text) && Number(pid) !== process.pid ? { pid: Number(pid), command } : [];
  });
}

/** Processes that go on where all of that text should have ended. @returns their command lines */
export async function processesLeft(mentioning: string): Promise<string[]> {
  for (let second = 0; second < PATIENCE; second++) {
    if (processesOf(mentioning).length === 0) return [];
    await sleep(1_000);
  }
  return processesOf(mentioning).map(({ command }) => command);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    // It has just ended.
    return "";
  }
}

/** Terraform breaks its sentences to fit a frame. */
export function inOneLine(text: string): string {
  return stripVTControlCharacters(text).replaceAll(/[│\s]+/g, " ");
}
