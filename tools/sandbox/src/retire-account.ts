import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { accountStackId } from "@demarc/shared/environment";
import { releaseLocks } from "./abandoned";
import { runCdktf } from "./cdktf-run";
import { failure, stopped } from "./failure";
import { deployed } from "./preflight/prepare";
import { bucketOf, type Session, variablesOf } from "./session";

/**
 * Destroys the account stack, once no environment is left in its account and region. Terraform could not write its last state into
 * a bucket that is gone: the bucket leaves the state first and is deleted last. Killed in between, it goes on where it was.
 * @returns whether all went well
 */
export async function retireAccount(session: Session): Promise<boolean> {
  const { environment, projects, console } = session;
  const id = accountStackId(environment);
  const target = deployed(projects).find(({ stacks }) => stacks.some((stack) => stack.id === id));
  const stack = target?.stacks.find((stack) => stack.id === id);
  const bucket = bucketOf(session);
  const states = await bucket.states();
  if (target === undefined || stack === undefined) return true;

  if (states.some(({ key, resources }) => key.startsWith("account/") && resources > 0)) {
    console.say(`\nDestroying ${id}`);
    await forgetBucket(stack.directory, variablesOf(session));
    unprotect(stack.directory);
    const outcome = await runCdktf({ action: "destroy", target, stacks: [id], log: `destroy-${id}` }, session);
    await releaseLocks(outcome.work, bucket);
    session.claim.settle();
    if (!outcome.succeeded || outcome.stacks.some(({ phase }) => phase !== "done")) {
      console.say(outcome.interrupted ? stopped(session, false) : await failure(session, outcome));
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

/** Takes `prevent_destroy` out of what was synthesized for this run: here, everything is made to be thrown away. */
function unprotect(directory: string): void {
  const file = path.join(directory, "cdk.tf.json");
  const stack: unknown = JSON.parse(readFileSync(file, "utf8"), (key, value: unknown) =>
    key === "prevent_destroy" ? undefined : value,
  );
  writeFileSync(file, JSON.stringify(stack));
}
