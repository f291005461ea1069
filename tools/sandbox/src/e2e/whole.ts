import assert from "node:assert/strict";
import { type Environment, environmentNamed } from "@demarc/shared/environment";
import { releasesOneApp } from "./app-change";
import { bordersHold } from "./borders";
import { THOROUGH, type Test } from "./chosen";
import { deploysDayToDay } from "./day-to-day";
import { asksTheGate } from "./gate";
import { namesWhatComesFirst, survivesItsApiServer } from "./faults";
import { comesBackFromKills } from "./kills";
import { judgesCalls } from "./judged";
import { holdsItsRows, livesWhole } from "./environment";
import { movesToAnotherExposure } from "./move";
import { leavesNothing } from "./nothing-left";
import { refusesWhatCannotGoWell } from "./refusals";
import { isReachable } from "./reachable";
import { ROOT, sandbox } from "./programs";
import { deliversOneApp } from "./pipeline";
import { readsContracts } from "./contracts";
import { aSandboxOfItsOwn } from "./sandbox-of-its-own";
import { seesChanges } from "./changes";
import { step } from "./step";

/**
 * The sandbox end to end, as a user meets it: each step runs the programs that `npm run sandbox` and `npx nx deploy` run, with the
 * real Terraform and the real AWS provider, and the local AWS in their way.
 * @throws InvalidInput where there is no environment of that name
 */
export async function endToEnd({ environment: name, moves }: Test): Promise<void> {
  const environment = environmentNamed(name);
  await aSandboxOfItsOwn();
  await (name === THOROUGH ? thorough(environment, { moves }) : livesWhole(environment));
}

async function thorough(environment: Environment, { moves }: Pick<Test, "moves">): Promise<void> {
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
  await holdsItsRows(environment);
  await judgesCalls(environment);
  await bordersHold(environment);
  await releasesOneApp(environment);
  await asksTheGate();
  await deliversOneApp(environment);
  // The last: the environment is another one then.
  await leavesNothing(environment, moves ? await movesToAnotherExposure(environment) : ROOT);
}
