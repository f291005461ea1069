import { closeSync, openSync } from "node:fs";
import path from "node:path";
import { identityOf, startCdktf } from "@demarc/deploy";
import { ENVIRONMENT_VARIABLE } from "@demarc/shared/workspace";
import type { CdktfAtWork } from "./claim";
import type { SynthesizedProject } from "./preflight/prepare";
import { Display } from "./progress/display";
import { follow } from "./progress/log";
import { Progress, type StackProgress } from "./progress/stack-progress";
import { type Console, type Session, variablesOf } from "./session";

/** How a cdktf ended. */
export interface Outcome {
  readonly stacks: readonly StackProgress[];
  /** Whether this command was told to stop. */
  readonly interrupted: boolean;
  /** Whether cdktf itself says that all went well. It takes a killed Terraform for one that is done. */
  readonly succeeded: boolean;
  readonly work: CdktfAtWork;
}

/** What cdktf is to do. */
export interface CdktfTask {
  readonly action: "deploy" | "destroy";
  readonly target: SynthesizedProject;
  /** Ids of its stacks. */
  readonly stacks: readonly string[];
  /** Name of the log, without its ending. */
  readonly log: string;
}

/** Terraform waits far more than it computes here, so it may wait for many things at once. */
const PARALLELISM = 30;

/**
 * Runs cdktf as a deploy to AWS does, and shows how far it is. It writes to a file and lives in a session of its own: killed,
 * this command leaves a deploy that goes on, and that the next one finds by its claim.
 */
export async function runCdktf({ action, target, stacks, log: name }: CdktfTask, session: Session): Promise<Outcome> {
  const { layout, environment, claim, console } = session;
  const log = path.join(layout.logs, `${name}.log`);
  const output = openSync(log, "w");
  const parallelism = `--terraform-parallelism=${String(PARALLELISM)}`;
  const args = [action, ...stacks, "--auto-approve", "--no-color", "--skip-provider-lock", parallelism];
  const startedAt = new Date().toISOString();
  const cdktf = startCdktf(args, {
    directory: target.project.directory,
    outdir: target.outdir,
    variables: { ...variablesOf(session), [ENVIRONMENT_VARIABLE]: environment.name },
    interactive: false,
    output,
  });
  closeSync(output);
  const process = (await identityOf(cdktf.pid)) ?? { pid: cdktf.pid, started: "" };
  const work = { process, action, stacks: [...stacks], startedAt, log };
  claim.works(work);

  let running = true;
  let exitCode = 1;
  void cdktf.ended.then((code) => {
    running = false;
    exitCode = code;
  });
  const stop = stopsOnSignal(cdktf.interrupt, console);
  try {
    const progress = await watch(log, stacks, () => Promise.resolve(running), console);
    return { stacks: progress, interrupted: stop.told(), succeeded: exitCode === 0, work };
  } finally {
    stop.off();
  }
}

/** Waits for the cdktf of a command that was killed. */
export async function waitFor(cdktf: CdktfAtWork, isWorking: () => Promise<boolean>, console: Console): Promise<void> {
  await watch(cdktf.log, cdktf.stacks, isWorking, console);
}

/** How far each stack came, by a log alone. */
export async function progressIn(log: string, stacks: readonly string[]): Promise<readonly StackProgress[]> {
  const progress = new Progress(stacks);
  const read = (line: string) => void progress.read(line, 0);
  await follow(
    log,
    read,
    () => Promise.resolve(false),
    () => undefined,
  );
  return progress.stacks;
}

async function watch(
  log: string,
  stacks: readonly string[],
  writing: () => Promise<boolean>,
  console: Console,
): Promise<readonly StackProgress[]> {
  const progress = new Progress(stacks);
  const display = new Display(console, Date.now());
  const read = (line: string) => {
    const before = new Map(progress.stacks.map((stack) => [stack.stack, stack]));
    const after = progress.read(line, Date.now());
    if (after !== undefined) display.changed(after, before.get(after.stack), Date.now());
  };
  await follow(log, read, writing, () => display.tick(progress.stacks, Date.now()));
  display.end(progress.stacks, Date.now());
  return progress.stacks;
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

function stopsOnSignal(interrupt: () => Promise<void>, { say }: Console) {
  let told = false;
  const stop = () => {
    if (told) return;
    told = true;
    say("Stopping: Terraform finishes what it is at and saves its states …");
    void interrupt();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  return {
    told: () => told,
    off: () => {
      for (const signal of SIGNALS) process.off(signal, stop);
    },
  };
}
