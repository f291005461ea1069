import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { StackGraph } from "@demarc/deploy";
import { accountStackId } from "@demarc/shared/environment";
import { failure, stopped } from "./failure";
import { runAll, wentWell } from "./run-all";
import { unprotect } from "./unprotect";
import { administratorVariablesOf, bucketOf, type Session } from "../session";

/**
 * Destroys the account stack, once no environment is left in its account and region. Terraform could not write its last state into
 * a bucket that is gone: the bucket leaves the state first and is deleted last. Killed in between, it goes on where it was.
 * @returns whether all went well
 */
export async function retireAccount(session: Session): Promise<boolean> {
  const { environment, projects, console } = session;
  const id = accountStackId(environment);
  const placed = new StackGraph(environment, projects).stacks.find((placed) => placed.id === id);
  const bucket = bucketOf(session);
  const states = await bucket.states();
  if (placed === undefined) return true;

  if (states.some(({ key, resources }) => key.startsWith("account/") && resources > 0)) {
    console.say(`\nDestroying ${id}`);
    const { directory } = placed.stack;
    await forgetBucket(directory, administratorVariablesOf(session));
    unprotect(directory);
    const runs = await runAll("destroy", [{ ...placed, after: [] }], session);
    if (!wentWell(runs)) {
      console.say(runs.interrupted ? stopped(session, false) : await failure(session, "destroy", runs));
      return false;
    }
  }
  await bucket.delete();
  return true;
}

/** Takes the bucket out of the state that stands in it. */
async function forgetBucket(directory: string, env: NodeJS.ProcessEnv): Promise<void> {
  const terraform = (...args: string[]) => promisify(execFile)("terraform", args, { cwd: directory, env });
  await terraform("init", "-input=false", "-no-color");
  const { stdout } = await terraform("state", "list");
  for (const address of stdout.split("\n").filter((line) => line.startsWith("aws_s3_bucket."))) {
    // A kill would leave the lock.
    await terraform("state", "rm", "-lock=false", address);
  }
}
