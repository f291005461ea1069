import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** How a controller is run. */
export interface Invocation {
  readonly command: string;
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** What it prints is added to this file. */
  readonly log: string;
}

/** Milliseconds that it has to end by itself. */
const PATIENCE = 5_000;

/** Milliseconds until one that has ended is started again; each time twice as long. */
const FIRST_RESTART = 1_000;
const LAST_RESTART = 60_000;

/** One that has run for so long, in milliseconds, was well: its next restart is the first again. */
const WELL = 60_000;

/** A controller as a child of this process: started again when it ends, or when it is to be run in another way. */
export class ControllerProcess {
  #running: { readonly child: ChildProcess; readonly how: string; readonly since: number } | undefined;
  #restarts = 0;
  #notBefore = 0;

  /** @param say told when it starts and ends */
  constructor(private readonly say: (line: string) => void) {}

  /** Has it run so, from now on or as soon as its last end allows. */
  async ensure(invocation: Invocation): Promise<void> {
    const how = JSON.stringify(invocation);
    const running = this.#running;
    if (running?.how === how) return;
    if (running !== undefined) await this.stop();
    if (Date.now() < this.#notBefore) return;
    this.#start(invocation, how);
  }

  /** Fulfilled when it has ended. */
  async stop(): Promise<void> {
    const { child } = this.#running ?? {};
    this.#running = undefined;
    this.#restarts = 0;
    this.#notBefore = 0;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    const patience = new AbortController();
    await Promise.race([ended, sleep(PATIENCE, undefined, { signal: patience.signal })]);
    patience.abort();
    if (child.kill("SIGKILL")) await ended;
  }

  #start({ command, args, variables, log }: Invocation, how: string): void {
    const output = openSync(log, "a", 0o600);
    const child = spawn(command, args, { stdio: ["ignore", output, output], env: variables });
    closeSync(output);
    const started = { child, how, since: Date.now() };
    this.#running = started;
    this.say(`started (process ${String(child.pid)}, log ${log})`);
    const ended = (reason: string) => {
      if (this.#running !== started) return;
      this.#running = undefined;
      if (Date.now() - started.since > WELL) this.#restarts = 0;
      const pause = Math.min(LAST_RESTART, FIRST_RESTART * 2 ** this.#restarts);
      this.#restarts += 1;
      this.#notBefore = Date.now() + pause;
      this.say(`${reason}; started again in ${String(pause / 1_000)} s (log ${log})`);
    };
    child.once("error", (error) => {
      ended(`could not be started: ${error.message}`);
    });
    child.once("exit", (code, signal) => {
      ended(`ended (${signal ?? `exit code ${String(code)}`})`);
    });
  }
}
