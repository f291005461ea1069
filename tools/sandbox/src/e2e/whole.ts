import assert from "node:assert/strict";
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { allEnvironments, type Environment, environmentNamed } from "@demarc/shared/environment";
import { releasesOneApp } from "./app-change";
import { bordersHold } from "./borders";
import { deploysDayToDay } from "./day-to-day";
import { namesWhatComesFirst, survivesItsApiServer } from "./faults";
import { comesBackFromKills } from "./kills";
import { judgesCalls } from "./judged";
import { holdsItsRows, livesWhole } from "./environment";
import { movesToAnotherExposure } from "./move";
import { leavesNothing } from "./nothing-left";
import { refusesWhatCannotGoWell } from "./refusals";
import { isReachable } from "./reachable";
import { HOME, ROOT, run, sandbox } from "./programs";
import { readsContracts } from "./contracts";
import { seesChanges } from "./changes";
import { step } from "./step";

/** The environment that all kills, faults and attempts are made in. The others are deployed, looked at and taken away. */
const THOROUGH = "dev";

/** Which environments are tested: one by its name, all, or the thorough one, without its move, and another, in turn by commit. */
export type Chosen = { readonly name: string } | "all" | "in turn";

/**
 * The sandbox end to end, as a user meets it: each step runs the programs that `npm run sandbox` and `npx nx deploy` run, with the
 * real Terraform and the real AWS provider, and the local AWS in their way.
 * @throws InvalidInput where there is no environment of that name
 */
export async function endToEnd(chosen: Chosen): Promise<void> {
  const tests = await testsOf(chosen);
  await aSandboxOfItsOwn();
  for (const test of tests) await test();
}

async function testsOf(chosen: Chosen): Promise<(() => Promise<void>)[]> {
  const environments = allEnvironments();
  const first = environmentNamed(THOROUGH, environments);
  const others = environments.filter((environment) => environment !== first);
  const thoroughly = () => thorough(first, { moves: chosen !== "in turn" });
  if (typeof chosen === "object") {
    if (chosen.name === THOROUGH) return [thoroughly];
    const named = environmentNamed(chosen.name, environments);
    return [() => livesWhole(named)];
  }
  const { printed } = await run("git", ["rev-list", "--count", "HEAD"], { cwd: ROOT, env: process.env });
  const inTurn = others.filter((_, index) => index === Number(printed) % others.length);
  return [thoroughly, ...(chosen === "all" ? others : inTurn).map((environment) => () => livesWhole(environment))];
}

async function aSandboxOfItsOwn(): Promise<void> {
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
}

/** @param moves whether it moves to another exposure too, which takes minutes that not every run has */
async function thorough(environment: Environment, { moves }: { readonly moves: boolean }): Promise<void> {
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
  // The last: the environment is another one then.
  await leavesNothing(moves ? await movesToAnotherExposure(environment) : ROOT);
}
