import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { environmentNamed } from "@demarc/shared/environment";
import { releasesOneApp } from "./app-change";
import { bordersHold } from "./borders";
import { deploysDayToDay } from "./day-to-day";
import { namesWhatComesFirst, survivesItsApiServer } from "./faults";
import { comesBackFromKills } from "./kills";
import { judgesCalls } from "./judged";
import { leavesNothing } from "./nothing-left";
import { refusesWhatCannotGoWell } from "./refusals";
import { isReachable } from "./reachable";
import { HOME, ROOT, sandbox } from "./programs";
import { readsContracts } from "./contracts";
import { seesChanges } from "./changes";
import { step } from "./step";

/**
 * The sandbox end to end, as a user meets it: each step runs the programs that `npm run sandbox` and `npx nx deploy` run, with the
 * real Terraform and the real AWS provider, and the local AWS in their way.
 */
export async function endToEnd(): Promise<void> {
  const environment = environmentNamed("dev");
  await step("a sandbox of its own", async () => {
    await sandbox(["down"]);
    rmSync(HOME, { recursive: true, force: true });
    mkdirSync(HOME, { recursive: true });
    // What is only installed is shared with everybody else's sandbox.
    for (const shared of ["venv", "plugins", "go"]) {
      mkdirSync(path.join(ROOT, ".sandbox", shared), { recursive: true });
      symlinkSync(path.join(ROOT, ".sandbox", shared), path.join(HOME, shared));
    }
  });
  await refusesWhatCannotGoWell();
  await comesBackFromKills(environment);
  await namesWhatComesFirst();
  await survivesItsApiServer(environment);
  await step("checkov finds nothing in the plans that nobody has reviewed", async () => {
    const { code, printed } = await sandbox(["audit", "dev"]);
    assert.equal(code, 0);
    assert.match(printed, /0 findings, [1-9]\d* more that are reviewed/);
  });
  await readsContracts(environment);
  await seesChanges(environment);
  await deploysDayToDay();
  await isReachable(environment);
  await judgesCalls(environment);
  await bordersHold(environment);
  await releasesOneApp(environment);
  await leavesNothing();
}
