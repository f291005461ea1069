import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { identityOf, isRunning, type ProcessIdentity, Refusal } from "@demarc/deploy";

/** A program that serves on this machine until it is ended, whatever becomes of the command that started it. */
export interface ServerProgram {
  /** What it is, for messages: "the local AWS". */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly variables: NodeJS.ProcessEnv;
  /** What it prints: the first line that says `listening on <url>` tells where it serves. */
  readonly log: string;
}

/** How long a server may take to start, in milliseconds: a cold disk is slow. */
const PATIENCE = 60_000;

/** Starts a program, with its process known before it serves, so that nothing is lost if this command ends now. */
export async function startProcess({ name, command, args, variables, log }: ServerProgram): Promise<ProcessIdentity> {
  const output = openSync(log, "w");
  const child = spawn(command, args, { detached: true, stdio: ["ignore", output, output], env: variables });
  closeSync(output);
  const failed = new Promise<never>((_, reject) => child.once("error", reject));
  const started = new Promise<number>((resolve) => child.once("spawn", () => resolve(child.pid ?? 0)));
  const pid = await Promise.race([started, failed]).catch((error: unknown) => {
    throw new Refusal([`${name} could not be started: ${String(error)}`]);
  });
  child.unref();
  // Where it has ended already, the wait for its URL says so.
  return (await identityOf(pid)) ?? { pid, started: "" };
}

/** Waits until the program serves. @returns its URL. @throws Refusal with its last words where it ends instead */
export async function urlOf({ name, log }: ServerProgram, process: ProcessIdentity): Promise<string> {
  const patience = Date.now() + PATIENCE;
  for (;;) {
    const running = await isRunning(process);
    const printed = readFileSync(log, "utf8");
    const [, url] = /listening on (http:\/\/\S+)/.exec(printed) ?? [];
    if (url !== undefined) return url;
    if (!running || Date.now() > patience) {
      const problem = running ? "does not serve after a minute" : "ended as it started";
      throw new Refusal([`${name} ${problem}: ${lastWords(printed)} (all of it: ${log})`]);
    }
    await sleep(100);
  }
}

function lastWords(printed: string): string {
  return printed.trim().split("\n").slice(-3).join(" ") || "it said nothing";
}
