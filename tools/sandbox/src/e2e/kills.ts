import assert from "node:assert/strict";
import { accountStackId, type Environment } from "@demarc/shared/environment";
import { read } from "../runs/claim";
import { layout, sandbox, startSandbox, untilPrinted } from "./programs";
import { step } from "./step";

/** An environment comes up whatever is killed on the way. Each step begins where the one before was killed. */
export async function comesBackFromKills(environment: Environment): Promise<void> {
  const account = accountStackId(environment);

  await step("up, killed with its cdktf while the account is made", async () => {
    const up = startSandbox(["up", "dev"]);
    await untilPrinted(up, new RegExp(`${account}: \\d+ of \\d+ done`));
    const cdktf = cdktfAtWork(account);
    up.process.kill("SIGKILL");
    process.kill(cdktf, "SIGKILL");
    await up.ended;
    assert.match((await sandbox(["status"])).printed, /"up dev" was killed/);
  });

  await step(
    "up again: what a killed Terraform had made is unknown, so it starts anew; killed alone, its cdktf goes on",
    async () => {
      const up = startSandbox(["up", "dev"]);
      await untilPrinted(up, /Terraform was killed before it saved what it had made.*starts anew/);
      // The one that takes longest: it is still at work when all of this has been looked at, on a slow machine too.
      const longest = `${environment.name}-a-cluster`;
      await untilPrinted(up, new RegExp(`${longest}: \\d+ of \\d+ done`));

      const other = await sandbox(["up", "dev"]);
      assert.equal(other.code, 1);
      assert.match(other.printed, new RegExp(`"up dev" has been at work .* since .*process ${String(up.process.pid)}`));

      const cdktf = cdktfAtWork(longest);
      up.process.kill("SIGKILL");
      await up.ended;
      assert.equal(isAlive(cdktf), true);
      assert.match((await sandbox(["status"])).printed, /its deploy of .* goes on/);
    },
  );

  await step("up again: it waits for what goes on; killed in the middle of k8s-platform", async () => {
    const up = startSandbox(["up", "dev"]);
    await untilPrinted(up, /its deploy of .* goes on: waiting for it/);
    await untilPrinted(up, new RegExp(`${environment.name}-a-addons: \\d+ of \\d+ done`));
    up.process.kill("SIGKILL");
    await up.ended;
  });
}

function cdktfAtWork(stack: string): number {
  const run = read(layout.claim)?.runs.find((run) => run.stack === stack);
  assert.ok(run, `no cdktf of ${stack} is on record`);
  return run.process.pid;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
