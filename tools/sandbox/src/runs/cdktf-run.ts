import { closeSync, openSync } from "node:fs";
import path from "node:path";
import {
  awaitQuotas,
  type DeployableStack,
  identityOf,
  type PlacedStack,
  recoverReleases,
  startCdktf,
} from "@demarc/deploy";
import { ENVIRONMENT_VARIABLE } from "@demarc/shared/stack";
import type { CdktfAtWork } from "./claim";
import { variablesOfStack } from "./identity";
import type { Board } from "../progress/board";
import { follow, followStack } from "../progress/log";
import { Progress, type StackProgress } from "../progress/stack-progress";
import { type Session, statesOf } from "../session";
import type { Stop } from "./stop";

/** How a cdktf ended. */
export interface Outcome {
  readonly progress: StackProgress;
  /** Whether all went well: cdktf alone takes a killed Terraform for one that is done. */
  readonly succeeded: boolean;
  readonly work: CdktfAtWork;
}

/** What a cdktf is to do, and with whom it shares the screen and the signals. */
export interface CdktfTask {
  readonly action: "deploy" | "destroy";
  readonly placed: PlacedStack;
  readonly board: Board;
  readonly stop: Stop;
}

/** Terraform waits far more than it computes here, so it may wait for many things at once. */
const PARALLELISM = 30;

/** The order of stacks is kept here: it goes across projects, and begins each as soon as it can be. */
const ALONE = ["--ignore-missing-stack-dependencies"];

/**
 * Runs cdktf on one stack as a deploy to AWS does, and shows how far it is. It writes to a file and lives in a session of its own:
 * killed, this command leaves a deploy that goes on, and that the next one finds by its claim.
 */
export async function runCdktf({ action, placed, board, stop }: CdktfTask, session: Session): Promise<Outcome> {
  const { layout, environment, claim } = session;
  const { id, stack, target } = placed;
  const log = path.join(layout.logs, `${action}-${id}.log`);
  const parallelism = `--terraform-parallelism=${String(PARALLELISM)}`;
  const args = [action, id, ...ALONE, "--auto-approve", "--no-color", parallelism];
  const variables = { ...(await variablesOfStack(session, stack, "deploy")), [ENVIRONMENT_VARIABLE]: environment.name };
  const { say } = session.console;
  const deployer = { variables, states: statesOf(session), say };
  for (const sentence of await recoverReleases(stack, deployer)) say(sentence);
  if (action === "deploy") await awaitQuotas(stack, deployer);
  const startedAt = new Date().toISOString();
  const output = openSync(log, "w");
  const cdktf = startCdktf(args, {
    checked: target.checked,
    variables,
    interactive: false,
    output,
  });
  closeSync(output);
  const process = (await identityOf(cdktf.pid)) ?? { pid: cdktf.pid, started: "" };
  const work = { process, action, stack: id, state: keyOf(stack), startedAt, log };
  claim.works(work);

  let exitCode: number | undefined;
  void cdktf.ended.then((code) => (exitCode = code));
  const forget = stop.interrupts(cdktf.interrupt);
  try {
    const progress = await followStack(log, id, () => Promise.resolve(exitCode === undefined), board);
    return { progress, succeeded: exitCode === 0 && progress.phase === "done", work };
  } finally {
    forget();
  }
}

/** How far a stack came, by a log alone. */
export async function progressIn(log: string, stack: string): Promise<StackProgress> {
  const progress = new Progress(stack);
  await follow(
    log,
    (line) => void progress.read(line, 0),
    () => Promise.resolve(false),
  );
  return progress.stack;
}

function keyOf({ id, state }: DeployableStack): string {
  if (state.kind === "s3") return state.key;
  throw new Error(`stack ${id} keeps its state in a folder`);
}
