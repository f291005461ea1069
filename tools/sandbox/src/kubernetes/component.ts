import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import type { ComponentState } from "../eks-api/control-plane";

/** A program of a control plane, and how it is called. */
export interface ComponentProgram {
  /** Such as kube-apiserver. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Working folder. */
  readonly folder: string;
  /** File that has all that it prints, over all of its starts. */
  readonly log: string;
}

/**
 * Collecting garbage less often takes a third off the processor's time until an API server is ready, as long as there is
 * little garbage.
 */
const GARBAGE_COLLECTION = { GOGC: "400", GOMEMLIMIT: "512MiB" };

/**
 * A program that runs as a child of this process, in its process group, until it is ended. It sees nothing of this process's
 * environment: neither credentials nor a home folder with settings.
 */
export class Component {
  #child: ChildProcess | undefined;
  #ended: Promise<void> = Promise.resolve();
  #reason = "was never started";

  constructor(private readonly program: ComponentProgram) {}

  get name(): string {
    return this.program.name;
  }

  get running(): boolean {
    return this.#child !== undefined;
  }

  get state(): ComponentState {
    return { name: this.name, running: this.running, pid: this.#child?.pid, log: this.program.log };
  }

  /** Does nothing where it runs. */
  start(): void {
    if (this.#child !== undefined) return;
    const { command, args, folder, log } = this.program;
    const output = openSync(log, "a", 0o600);
    const env = { HOME: folder, ...GARBAGE_COLLECTION };
    const child = spawn(command, args, { cwd: folder, stdio: ["ignore", output, output], env });
    closeSync(output);
    this.#child = child;
    this.#ended = new Promise((resolve) => {
      const end = (reason: string) => {
        this.#reason = reason;
        this.#child = undefined;
        resolve();
      };
      child.once("error", (error) => {
        end(`could not be started: ${error.message}`);
      });
      child.once("exit", (code, signal) => {
        end(`ended (${signal ?? `exit code ${String(code)}`})`);
      });
    });
  }

  /** Ends it at once; what it keeps on disk is fit for a kill at any time. Resolves when it has ended. */
  async end(): Promise<void> {
    this.#child?.kill("SIGKILL");
    await this.#ended;
  }

  /** @throws Error with its last words and its log where it has ended */
  checkRunning(): void {
    if (this.running) return;
    throw new Error(`${this.name} ${this.#reason}: ${lastWords(this.program.log)} (all of it: ${this.program.log})`);
  }
}

/** The last line of a log that tells of something, without klog's time and place. */
function lastWords(log: string): string {
  const lines = readFileSync(log, "utf8").trim().split("\n");
  const line =
    lines.findLast((each) => /^[EF]\d{4} |^Error: |"level":"(error|fatal)"/.test(each)) ?? lines.at(-1) ?? "";
  return line.replace(/^[A-Z]\d{4} \S+\s+\d+ \S+\] /, "").trim() || "it said nothing";
}
